import { stemOf, termsOf } from '../evidence/terms.ts'

/** A part of a sentence that can carry something of its own, letter for letter. */
export interface Part {
  quote: string
  start: number
  end: number
  /** The words that say what it is about. */
  terms: readonly string[]
  /** Those of a clause before it that may be an aside: `…, they hurt people and drive them away`. */
  aside: readonly string[]
}

/** How something is asked for, and what fills a pause, tells nothing of what is asked for. */
const empty = new Set(
  'need want wish like prefer please make sure actually maybe perhaps possible possibly able allow ideally nice good great helpful useful important necessary easy simple hm thing something anything everything kind sort lot really just then know mean okay guess well too also yeah thank wait first second third many much always never only else rest today don doesn didn isn aren wasn weren won wouldn couldn shouldn mustn hasn haven ll ve'
    .split(' ')
    .map(stemOf),
)

/** The words of a text that say what it is about. */
export function tellingTerms(text: string): string[] {
  return [...new Set(termsOf(text))].filter(
    (term) => (term.length > 1 || /\d/.test(term)) && !empty.has(term),
  )
}

const joint = /[,;:—–]\s*|\s(?=(?:and|or|unless|except|then|because|otherwise|since)\s)/g

/** What goes on with what was said before it, or narrows it down. */
const goesOn =
  /^(?:and|plus|or|then|also|only|always|never|unless|except|everybody else|everyone else|(?:the )?others?|the rest)\b/i

/** `or something like that`, and what goes on about the speakers themselves. */
const idle =
  /^(?:and|or|but|so|plus)? ?(?:something|anything|whatever|so on|so forth|i|i'm|i'd|you know)\b/i

/** From here on a sentence says why, and no more what. */
const reason =
  /^(?:(?:and|but|or) )?(?:because|otherwise|since|so that|as (?!soon|long|well)|that|which|who)\b/i

/** How it is done without the software. */
const ofToday = /\b(?:right now|today|currently|at the moment|these days|so far|nowadays)\b/i

const pointing = /^(?:they|it|he|she|that|this|those|these|people|there)\b/i

const opening = /^(?:(?:and|or|plus|but|so)\s+)+/i

/**
 * The parts that a sentence goes on with: `…, and just say what is inside`, `…, always rounded up`.
 * What says why something is asked for, or how it is done today, is none.
 */
export function partsOf(sentence: string): Part[] {
  const pieces = piecesOf(sentence)
  if (pieces.length < 2 || ofToday.test(sentence)) return []
  const parts: Part[] = []
  let joined = false
  let aside: readonly string[] = []
  for (const { text, start } of pieces) {
    if (reason.test(text)) break
    const terms = tellingTerms(text)
    const isMore: boolean = joined || goesOn.test(text)
    joined = isMore && terms.length === 0
    if (!isMore) aside = start > 0 && pointing.test(text) ? terms : []
    if (!isMore || terms.length === 0 || idle.test(text)) continue
    const from = start + (opening.exec(text)?.[0].length ?? 0)
    const end = start + text.replace(/[\s.!?…]+$/, '').length
    parts.push({ quote: sentence.slice(from, end), start: from, end, terms, aside })
  }
  return parts.filter(({ quote }) => quote !== '')
}

function piecesOf(sentence: string): { text: string; start: number }[] {
  const pieces: { text: string; start: number }[] = []
  let start = 0
  const add = (end: number): void => {
    const text = sentence.slice(start, end)
    const lead = text.length - text.trimStart().length
    if (text.trim() !== '') pieces.push({ text: text.trim(), start: start + lead })
  }
  for (const found of sentence.matchAll(joint)) {
    add(found.index)
    start = found.index + found[0].length
  }
  add(sentence.length)
  return pieces
}
