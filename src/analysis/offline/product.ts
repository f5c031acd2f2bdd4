import { saysInUse, wantsAnew } from '../../domain/in-use.ts'
import { inUseMark } from '../../domain/job.ts'
import { citationOf, type Finding } from './findings.ts'
import { openingEnd } from './openings.ts'
import type { Sentence } from './sentences.ts'
import { textOf } from './words.ts'
import { asWritten, lowerFirst } from './written.ts'

/** So many sentences are enough to believe it. */
const most = 3
const longest = 240

/**
 * The product of the client's that is there already, as a constraint in the client's own words;
 * undefined when nothing tells of one, or when something new is to take its place.
 */
export function productInUse(sentences: readonly Sentence[]): Finding | undefined {
  const told = sentences.filter(({ turn, asks }) => turn.role === 'client' && !asks)
  if (told.some(({ quote }) => wantsAnew(quote))) return undefined
  const saying = told.filter(({ quote }) => saysInUse(quote)).slice(0, most)
  const [first] = saying
  if (first === undefined) return undefined
  return {
    kind: 'constraint',
    statement: `${inUseMark}${writtenIn(first)}.`,
    priority: { level: 'must', reason: 'The client told of a product that is in use.' },
    citations: saying.map(citationOf),
    saidBy: first.turn.speaker,
    at: first.at,
    replaces: false,
  }
}

function writtenIn({ words }: Sentence): string {
  const text = lowerFirst(asWritten(textOf(words.slice(openingEnd(words)))))
  const whole = text.replace(/[\s.,;:!?…]{1,9}$/, '')
  if (whole.length <= longest) return whole
  return `${whole.slice(0, whole.lastIndexOf(' ', longest)).toWellFormed()} …`
}
