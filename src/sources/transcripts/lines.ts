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
function turnBegun(line: Line, isSpeakerOf: (line: Line) => boolean): Speech | undefined {
  const { labelled, start, text } = line
  const at = start === undefined ? {} : { start }
  if (labelled && isSpeakerOf(line)) return { speaker: labelled.label, text: labelled.text, ...at }
  return start === undefined || text === '' ? undefined : { speaker: unknownSpeaker, text, ...at }
}

/** Tells for the lines of one text which of them begin with a speaker's name. */
function speakerTest(lines: readonly Line[]): (line: Line) => boolean {
  const times = countLabels(lines)
  const labelled = lines.filter((line) => line.labelled !== undefined).length
  const nearlyAllLabelled = labelled >= 0.8 * lines.length
  return ({ labelled, start }) =>
    labelled !== undefined &&
    isSpeaker(labelled.label, {
      times: times.get(labelled.label) ?? 1,
      marked: start !== undefined || nearlyAllLabelled,
    })
}

function isHeader({ labelled }: Line): boolean {
  return labelled !== undefined && headerLabels.has(labelled.label.toLowerCase())
}

/**
 * Reads `Name: text` lines, with or without a time before them; a line without a name goes on with
 * the turn before.
 *
 * @throws AppError `transcript_unreadable` when the text does not begin with a speaker, a short
 *   heading aside.
 */
export function parseLines(text: string): { title?: string; speeches: Speech[]; timed: boolean } {
  const written = text
    .split('\n')
    .map(readLine)
    .filter((line) => line.text !== '')
  const isSpeakerOf = speakerTest(written)
  const began = written.findIndex((line) => !isHeader(line) && turnBegun(line, isSpeakerOf))
  if (began < 0) throw unreadable('No line of this text names a speaker.')
  if (began > maxHeading) {
    throw unreadable(`The first ${began} lines of this text name no speaker.`)
  }
  const speeches: { first: Speech; parts: string[] }[] = []
  for (const line of written.slice(began)) {
    const begun = turnBegun(line, isSpeakerOf)
    if (begun === undefined) speeches.at(-1)?.parts.push(line.text)
    else speeches.push({ first: begun, parts: [begun.text] })
  }
  const title = written
    .slice(0, began)
    .map(titleOf)
    .find((found) => found !== undefined)
  return {
    ...(title !== undefined && { title }),
    speeches: speeches.map(({ first, parts }) => ({ ...first, text: parts.join('\n') })),
    timed: speeches[0]?.first.start !== undefined,
  }
}
