import { roleOfName } from './role-names.ts'

/** `Name: text` taken apart; whether the name really is a speaker is still open. */
export interface LabelledText {
  label: string
  text: string
}

const maxLabel = 60
const maxWords = 6
const labelShape = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._'’&,/#@()+-]*$/u

/** The place of the first colon that white space or the end follows; times have none. */
function labelEnd(line: string): number {
  for (let at = line.indexOf(':'); at >= 0 && at <= maxLabel + 4; at = line.indexOf(':', at + 1)) {
    const next = line.startsWith('**', at + 1) ? at + 3 : at + 1
    if (next >= line.length || /\s/.test(line.charAt(next))) return at
  }
  return -1
}

/** Takes `Name: text`, or `**Name:** text`, apart; undefined where nothing looks like a name. */
export function splitLabel(line: string): LabelledText | undefined {
  const end = labelEnd(line)
  if (end < 0) return undefined
  const bold = line.startsWith('**')
  const label = line
    .slice(bold ? 2 : 0, end)
    .replace(/\*\*$/, '')
    .trim()
  const rest = line.slice(end + 1)
  if (label.length > maxLabel || !labelShape.test(label) || !/\p{L}/u.test(label)) return undefined
  if (label.split(' ').length > maxWords) return undefined
  return { label, text: (bold && rest.startsWith('**') ? rest.slice(2) : rest).trim() }
}

/** Capitalised words that begin a remark, not a name. */
const remarks: ReadonlySet<string> = new Set([
  'also',
  'attention',
  'caution',
  'e.g.',
  'example',
  'for example',
  'hint',
  'i.e.',
  'important',
  'note',
  'notes',
  'p.s.',
  'ps',
  'remember',
  'tip',
  'todo',
  'warning',
])

const particles: ReadonlySet<string> = new Set(
  'al and bin da de del den der di dos du ibn la le of ten ter the van von y zu'.split(' '),
)

function looksLikeName(label: string): boolean {
  const words = label.split(' ').filter((word) => word !== '')
  const [first = ''] = words
  if (/^\p{Ll}/u.test(first) && words.length > 1) return false
  return words.every((word) => !/^\p{Ll}/u.test(word) || particles.has(word)) || /\d$/.test(label)
}

/**
 * Whether a label is a speaker and not the beginning of a sentence with a colon in it:
 * `It should have: colours` goes on with what was said before.
 *
 * @param evidence `times`: how often the label begins a line; `marked`: a speaker is to be
 *   expected there, since the line begins with a time, is a cue, or nearly every line has a label.
 */
export function isSpeaker(label: string, evidence: { times: number; marked: boolean }): boolean {
  const lower = label.toLowerCase()
  if (remarks.has(lower)) return false
  if (roleOfName(label) !== undefined || looksLikeName(label)) return true
  const words = label.split(' ').length
  return (evidence.marked && words === 1) || (evidence.times > 1 && words <= 3)
}
