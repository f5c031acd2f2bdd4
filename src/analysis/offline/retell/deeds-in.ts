import { isParticleOf } from './particles.ts'
import type { Word } from '../words.ts'

/** One verb with what follows it. */
export interface PlainVerb {
  verb: Word
  rest: readonly Word[]
}

/** `look up what is open and pay by card`: each verb of the same subject with what follows it. */
export function deedsIn(verb: Word, rest: readonly Word[], form: string): PlainVerb[] {
  const found: PlainVerb[] = []
  let open = 0
  let current = verb
  for (let at = 1; at < rest.length; at++) {
    if (rest[at]?.lower !== 'and') continue
    let next = at + 1
    while (['then', 'also', 'either'].includes(rest[next]?.lower ?? '')) next++
    const word = rest[next]
    if (word === undefined || !isAlike(word, verb, form)) continue
    const own = rest.slice(open, rest[at - 1]?.lower === ',' ? at - 1 : at)
    if (own.length === 0 && !isParticleOf(current)) return [{ verb, rest }]
    found.push({ verb: current, rest: own })
    current = word
    open = next + 1
  }
  return [...found, { verb: current, rest: rest.slice(open) }]
}

/** In the same form: `signs and sends`, `sign and send`, `signed and sent`. */
function isAlike(word: Word, verb: Word, form: string): boolean {
  if (word.pos !== 'VERB' || word.lower.endsWith('ing')) return false
  const base = (one: Word) => one.lower === one.lemma
  if (form === 'passive') return !base(word) && !word.lower.endsWith('s')
  const same = base(verb) ? base(word) : verb.lower.endsWith('s') && word.lower.endsWith('s')
  return same || (form === 'deed' && base(verb) && base(word))
}
