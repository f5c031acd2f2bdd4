import { wordSet } from '../lexicon/word-set.ts'
import { nounPhraseEnd } from '../noun-phrase.ts'
import type { Word } from '../words.ts'
import type { ClauseParts } from './clause-parts.ts'
import { verbGroupAt } from './verb-group.ts'

const speakers = wordSet('i we')
const places = wordSet('somewhere something way place page tool button option possibility chance')
const having = wordSet('have get')

/** What is wished for: a deed of somebody, or a thing that is to be there. */
export type Wished = { deed: ClauseParts } | { thing: readonly Word[]; whose: readonly Word[] }

/** `I want the analyst to put the value in`, `creditors need a portal`, `I'd like a board where …` */
export function wishedIn(parts: ClauseParts): Wished | undefined {
  const { subject, rest } = parts
  const own = speakers.has(subject.at(-1)?.lower ?? '')
  const at = ['to', 'for'].includes(rest[0]?.lower ?? '') && rest[1]?.pos !== 'VERB' ? 1 : 0
  if (rest[at]?.lower === 'to') return ownDeed(parts, rest.slice(at + 1), own)
  const to = othersAt(rest, at)
  // `The parents need somewhere to look it up`: they can.
  if (!own && to > at && places.has(rest[to - 1]?.lower ?? ''))
    return ownDeed(parts, rest.slice(to + 1), own)
  if (to > at) {
    const group = verbGroupAt(rest, to + 1)
    if (group === undefined) return undefined
    const others = rest.slice(at, to)
    const modal = group.modal === 'none' ? 'should' : group.modal
    const negated = group.negated !== parts.negated
    return {
      deed: { ...parts, ...group, modal, negated, subject: others, rest: rest.slice(group.end) },
    }
  }
  const end = nounPhraseEnd(rest, at)
  if (end === at) return undefined
  const done = rest[end]
  // `I want that list gone`, `the numbers printed`
  if (done?.pos === 'VERB' && done.lower !== done.lemma && !/(?:ing|s)$/.test(done.lower)) {
    const deed = { ...parts, verb: done, form: 'passive' as const, modal: 'should' as const }
    return { deed: { ...deed, subject: rest.slice(at, end), rest: rest.slice(end + 1) } }
  }
  return { thing: rest.slice(at), whose: own ? [] : subject }
}

/** `I'd like to see …`: the one who wishes does it; what one wants to have is to be there. */
function ownDeed(parts: ClauseParts, words: readonly Word[], own: boolean): Wished | undefined {
  const group = verbGroupAt(words, 0)
  if (group === undefined) return undefined
  const rest = words.slice(group.end)
  if (own && having.has(group.verb.lemma) && group.form === 'deed')
    return { thing: rest, whose: [] }
  const modal = group.modal === 'none' ? 'can' : group.modal
  const negated = group.negated !== parts.negated
  return { deed: { ...parts, ...group, modal, negated, rest } }
}

/** Where the `to` of `the analyst to put` stands. */
function othersAt(words: readonly Word[], from: number): number {
  for (let at = from + 1; at < Math.min(words.length, from + 12); at++) {
    const word = words[at]
    if (word?.lower === 'to' && isBase(words[at + 1])) return at
    if (word === undefined || word.pos === 'PUNCT' || word.pos === 'AUX') return -1
  }
  return -1
}

function isBase(word: Word | undefined): boolean {
  return (
    word !== undefined &&
    (word.pos === 'VERB' || word.lower === 'be') &&
    !word.lower.endsWith('ing')
  )
}
