import type { Turn } from '../../domain/turn.ts'
import type { TranscriptFormat } from './format.ts'

/** What a transcript file holds. */
export interface ParsedTranscript {
  format: TranscriptFormat
  /** When the file states one. */
  title?: string
  turns: Turn[]
}
