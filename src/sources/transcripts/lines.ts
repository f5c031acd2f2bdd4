import { takeStamp } from './clock-time.ts'
import { unreadable } from './format.ts'
import { isSpeaker, type LabelledText, splitLabel } from './speaker-label.ts'
import { type Speech, unknownSpeaker } from './speech.ts'

interface Line {
  /** Without its time. */
  text: string
  start?: number
  labelled?: LabelledText
}

/** What may stand above the talk and is not part of it. */
const headerLabels: ReadonlySet<string> = new Set(
  'attendees date duration location meeting participants present recorded recording subject time title topic'.split(
    ' ',
  ),
)
const titleLabels: ReadonlySet<string> = new Set(['meeting', 'subject', 'title', 'topic'])

/** More unlabelled lines than this before the first speaker are not a heading but a lost talk. */
const maxHeading = 10

function readLine(raw: string): Line {
  const { start, rest } = takeStamp(raw.trim())
  const labelled = splitLabel(rest)
  return { text: rest, ...(start !== undefined && { start }), ...(labelled && { labelled }) }
}

function countLabels(lines: readonly Line[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>()
  for (const { labelled } of lines) {
    if (labelled) times.set(labelled.label, (times.get(labelled.label) ?? 0) + 1)
  }
  return times
}

/** The title that a heading line gives: `# Title`, or `Title: …`. */
function titleOf(line: Line): string | undefined {
  if (line.text.startsWith('# ')) return line.text.slice(2).trim()
  const { label, text } = line.labelled ?? { label: '', text: '' }
  return titleLabels.has(label.toLowerCase()) ? text : undefined
}

/** A line that begins a turn, or undefined when it goes on with the turn before. */
function turnBegun(line: Line, times: ReadonlyMap<string, number>): Speech | undefined {
  const { labelled, start } = line
  const marked = start !== undefined
  const at = marked ? { start } : {}
  if (labelled && isSpeaker(labelled.label, { times: times.get(labelled.label) ?? 1, marked })) {
    return { speaker: labelled.label, text: labelled.text, ...at }
  }
  return marked && line.text !== ''
    ? { speaker: unknownSpeaker, text: line.text, ...at }
    : undefined
}

/**
 * Reads `Name: text` lines, with or without a time before them; a line without a name goes on with
 * the turn before.
 *
 * @throws AppError `transcript_unreadable` when the text does not begin with a speaker, a short
 *   heading aside.
 */
export function parseLines(text: string): { title?: string; speeches: Speech[]; timed: boolean } {
  const lines = text
    .split('\n')
    .map(readLine)
    .filter((line) => line.text !== '' || line.start !== undefined)
  const times = countLabels(lines)
  const speeches: { first: Speech; text: string[] }[] = []
  const titles: string[] = []
  let heading = 0
  for (const line of lines) {
    const isHeader =
      speeches.length === 0 && headerLabels.has(line.labelled?.label.toLowerCase() ?? '')
    const begun = isHeader ? undefined : turnBegun(line, times)
    const current = speeches.at(-1)
    if (begun !== undefined) {
      speeches.push({ first: begun, text: [begun.text] })
    } else if (current !== undefined) {
      current.text.push(line.text)
    } else {
      heading += 1
      titles.push(...[titleOf(line)].filter((title) => title !== undefined))
    }
  }
  if (speeches.length === 0) throw unreadable('No line of this text names a speaker.')
  if (heading > maxHeading) {
    throw unreadable(`The first ${heading} lines of this text name no speaker.`)
  }
  const [title] = titles
  return {
    ...(title !== undefined && { title }),
    speeches: speeches.map(({ first, text }) => ({ ...first, text: text.join('\n') })),
    timed: speeches[0]?.first.start !== undefined,
  }
}
