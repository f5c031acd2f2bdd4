import type { LogLine } from '../live/live-project.ts'

/** The kinds of a log's lines, in the order of their buttons. */
export const logKinds = ['agent', 'tool', 'file', 'command', 'test', 'runner'] as const
export type LogKind = (typeof logKinds)[number]

/** What of a log is shown. */
export interface LogFilter {
  /** All when none is named. */
  kinds: readonly LogKind[]
  text: string
}

/** The filter that an address stands for; what it does not know is passed over. */
export function readLogFilter(search: URLSearchParams): LogFilter {
  const named = new Set(search.get('log')?.split(','))
  return {
    kinds: logKinds.filter((kind) => named.has(kind)),
    text: (search.get('find') ?? '').slice(0, 200),
  }
}

/** The lines that fit, in their order; the same array where nothing is left out. */
export function linesThatFit(
  lines: readonly LogLine[],
  { kinds, text }: LogFilter,
): readonly LogLine[] {
  const wanted = text.toLowerCase()
  if (kinds.length === 0 && wanted === '') return lines
  const shown = new Set<LogLine['kind']>(kinds.length === 0 ? logKinds : kinds)
  return lines.filter((line) => shown.has(line.kind) && line.text.toLowerCase().includes(wanted))
}

/** A text cut where a part of it was looked for: every second piece is what was found. */
export function piecesAround(text: string, looked: string): readonly string[] {
  if (looked === '') return [text]
  const pieces: string[] = []
  const lower = text.toLowerCase()
  // A letter may change its length with its case; then places in the one are not places in the other.
  if (lower.length !== text.length) return [text]
  const wanted = looked.toLowerCase()
  let from = 0
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    pieces.push(text.slice(from, at), text.slice(at, at + wanted.length))
    from = at + wanted.length
  }
  return [...pieces, text.slice(from)]
}
