import { clockSeconds } from './clock-time.ts'

/** One caption: what is shown between two moments, in seconds, still with its marks. */
export interface Cue {
  start: number
  end: number
  payload: string
}

const headLines = 30

const timing = /^([\d:.,]{5,14})[ \t]{1,8}-->[ \t]{1,8}([\d:.,]{5,14})(?:[ \t].*)?$/

function timesOf(line: string): { start: number; end: number } | undefined {
  const [, from = '', to = ''] = timing.exec(line.trim()) ?? []
  const start = clockSeconds(from)
  const end = clockSeconds(to)
  return start === undefined || end === undefined ? undefined : { start, end }
}

/** Whether a text begins with cues: one of its first lines is what stands above each of them. */
export function beginsWithCues(text: string): boolean {
  return text.split('\n', headLines).some((line) => timesOf(line) !== undefined)
}

/**
 * The cues of a WebVTT or SRT text in their order. Everything outside a cue (header, numbers,
 * NOTE, STYLE and REGION blocks) is passed over.
 */
export function parseCues(text: string): Cue[] {
  const cues: { start: number; end: number; lines: string[] }[] = []
  let inside = false
  for (const line of text.split('\n')) {
    const times = timesOf(line)
    if (times !== undefined) {
      cues.push({ ...times, lines: [] })
      inside = true
    } else if (line.trim() === '') {
      inside = false
    } else if (inside) {
      cues.at(-1)?.lines.push(line)
    }
  }
  return cues.map(({ start, end, lines }) => ({ start, end, payload: lines.join('\n') }))
}
