/** What one speaker said at one point, before it is known who they are to the talk. */
export interface Speech {
  speaker: string
  text: string
  /** Seconds from the start. */
  start?: number
}

/** Stands in where a transcript does not say who spoke. */
export const unknownSpeaker = 'Unknown'
