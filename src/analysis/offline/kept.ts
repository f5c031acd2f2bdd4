import type { Clause } from '../../domain/brief.ts'
import { clausesIn } from './clauses.ts'
import { capitalised, isPlural, thirdPerson } from './inflect.ts'
import { emptyNouns, isHuman } from './lexicon/nouns.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import {
  headOf,
  isDeterminer,
  nounPhraseEnd,
  subjectPhraseEnd,
  withoutDeterminer,
} from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import type { Sentence } from './sentences.ts'
import { subjectBefore } from './subject.ts'
import { phraseLength, type Word } from './words.ts'
import { spoken } from './written.ts'

/** What must stay as it is; what a product stays on is a constraint. */
export interface Kept {
  kind: 'requirement' | 'constraint'
  statement: string
  clause: Clause
  /** The clause that says it. */
  words: readonly Word[]
}

type Said = Omit<Kept, 'words'>

const sparing = phraseList(`
  do not
  do n't
  never
  i would not
  i would n't
  i 'd not
  we would not
  we would n't
  we do not want to
  we do n't want to
  i do not want to
  i do n't want to
  nobody should
  nobody must
`)
const touching = wordSet('touch change alter modify break rename reorder disturb mess')
const leaving = phraseList(
  "leave\nkeep\ni 'd leave\ni would leave\nwe 'd leave\nwe would leave\ni 'd keep\nwe 'd keep\ni would keep\nwe would keep\nlet 's leave\nlet 's keep\nwe want to keep\nwe want to leave\ni want to keep\nwe keep\nwe leave",
)
const likeNow = phraseList(`
  as it is
  as they are
  as is
  as it was
  as they were
  the way it is
  the way they are
  exactly as it is
  exactly as they are
  alone
  untouched
  unchanged
  exactly the same
  the same
`)

/**
 * `Please don't touch the order of the columns`, `leave the prices alone`; `named` is what an `it`
 * means. Empty when a sentence spares nothing.
 */
export function keptIn(words: readonly Word[], named: readonly Word[] = []): Kept[] {
  const from = openingEnd(words)
  const clauses = clausesIn(words)
  return words.flatMap((word, at) => {
    const opens = at === from || (at > from && opensAnew(words[at - 1]))
    const told = opens
      ? (sparedAt(words, at, named) ?? leftAt(words, at, named) ?? placedAt(words, at))
      : undefined
    const found = told ?? leftToBeAt(words, at)
    const clause = clauses.find((one) => one.includes(word)) ?? words
    return found === undefined ? [] : [{ ...found, words: clause }]
  })
}

const asksKept =
  /\b(?:leave|left|keep|kept|stay|remain)\b.{0,40}\b(?:alone|as (?:it|they) (?:is|are)|untouched|the same|in place)\b|\b(?:must|should|may)(?: not|n't) (?:be )?(?:change|touch|break|changed|touched|broken)\b|\bwhat (?:has to|must|should|will) (?:stay|remain)\b/i

/** `Is there anything that must not change? – The seat plan, please.` */
export function keptAsAnswer(words: readonly Word[], agent: readonly Sentence[]): Kept[] {
  const asked = agent.at(-1)
  if (asked?.asks !== true || !asksKept.test(asked.quote)) return []
  const from = openingEnd(words)
  const end = Math.max(nounPhraseEnd(words, from), subjectPhraseEnd(words, from))
  const placed = words[end]?.pos === 'ADP' ? nounPhraseEnd(words, end + 1) : end
  const last = placed > end + 1 ? placed : end
  const thing = words.slice(from, last)
  const head = headOf(thing)
  const closes = words[last] === undefined || words[last]?.pos === 'PUNCT'
  const names = head !== undefined && !emptyNouns.has(head.lemma) && !isHuman(head.lemma)
  if (!names || !closes || last === from) return []
  const touched = words.some(({ lower }) => touching.has(lower))
  const core = thing.slice(0, end - from)
  const told = touched ? unchanged(thing, core) : staying(thing, core)
  return [{ ...told, words }]
}

function opensAnew(before: Word | undefined): boolean {
  return [',', 'and', 'but', ';', 'please'].includes(before?.lower ?? '')
}

function sparedAt(words: readonly Word[], at: number, named: readonly Word[]): Said | undefined {
  const length = phraseLength(words, at, sparing)
  const verb = words[at + length]
  if (length === 0 || verb === undefined || !touching.has(verb.lower)) return undefined
  const thing = thingAt(words, at + length + 1, named)
  if (thing === undefined) return undefined
  return unchanged(thing)
}

function unchanged(thing: readonly Word[], core = thing): Said {
  const predicate = isMany(core) ? 'do not change' : 'does not change'
  return {
    kind: 'requirement',
    statement: `${capitalised(spoken(thing))} ${predicate}.`,
    clause: { verb: 'change', negated: true },
  }
}

function leftAt(words: readonly Word[], at: number, named: readonly Word[]): Said | undefined {
  const length = phraseLength(words, at, leaving)
  if (length === 0) return undefined
  const end = thingEnd(words, at + length)
  const thing = thingAt(words, at + length, named)
  // `Leave that.`
  const points = ['it', 'that'].includes(words[at + length]?.lower ?? '')
  const stops = words[end] === undefined || words[end]?.pos === 'PUNCT'
  const bare = words[at]?.lower === 'leave' && length === 1 && points && stops
  if (thing === undefined || (!bare && phraseLength(words, end, likeNow) === 0)) return undefined
  return staying(thing)
}

/** `The prices should be left as they are.` */
function leftToBeAt(words: readonly Word[], at: number): Said | undefined {
  const [modal, be, left] = words.slice(at, at + 3).map(({ lower }) => lower)
  const asks = ['should', 'must', 'can', 'to'].includes(modal ?? '') && be === 'be'
  if (!asks || !['left', 'kept'].includes(left ?? '')) return undefined
  const { kind, words: thing } = subjectBefore(words, at)
  if (kind !== 'thing' || phraseLength(words, at + 3, likeNow) === 0) return undefined
  return staying(thing)
}

/** `it stays on Django`, `we host it ourselves`: where a product that is there is, and who runs it. */
function placedAt(words: readonly Word[], at: number): Said | undefined {
  const [who, verb, where] = words.slice(at, at + 3)
  const constraint = (text: string, said: string): Said => ({
    kind: 'constraint',
    statement: `${text}.`,
    clause: { verb: said, negated: false },
  })
  if (who?.lower === 'it' && ['stays', 'remains'].includes(verb?.lower ?? '')) {
    const end = nounPhraseEnd(words, at + 3)
    const named = words.slice(at + 3, end).some(({ pos }) => pos === 'PROPN' || pos === 'NOUN')
    const placed = ['on', 'in', 'with', 'at'].includes(where?.lower ?? '') && named
    return placed
      ? constraint(`The product stays ${spoken(words.slice(at + 2, end))}`, 'stay')
      : undefined
  }
  const ours = who?.lower === 'we' && running.has(verb?.lower ?? '') && where?.lower === 'it'
  return ours && words[at + 3]?.lower === 'ourselves'
    ? constraint(`The business ${thirdPerson(verb?.lower ?? '')} the product itself`, 'host')
    : undefined
}

const running = wordSet('host run operate maintain')

function staying(thing: readonly Word[], core = thing): Said {
  const predicate = isMany(core) ? 'stay as they are' : 'stays as it is'
  return {
    kind: 'requirement',
    statement: `${capitalised(spoken(thing))} ${predicate}.`,
    clause: { verb: 'stay', negated: false },
  }
}

function thingEnd(words: readonly Word[], at: number): number {
  if (['it', 'that', 'them'].includes(words[at]?.lower ?? '') && nounPhraseEnd(words, at) <= at + 1)
    return at + 1
  // `the ranking`: the tagger may take it for a deed.
  const deed = isDeterminer(words[at]) && words[at + 1]?.lower.endsWith('ing') === true
  return Math.max(nounPhraseEnd(words, at), subjectPhraseEnd(words, at), deed ? at + 2 : at)
}

function thingAt(
  words: readonly Word[],
  at: number,
  named: readonly Word[],
): readonly Word[] | undefined {
  const phrase = words.slice(at, thingEnd(words, at))
  const points = phrase.length === 1 && ['it', 'that', 'them'].includes(phrase[0]?.lower ?? '')
  const thing = points ? named : phrase
  const head = headOf(thing) ?? thing.at(-1)
  if (head === undefined || isHuman(head.lemma)) return undefined
  // `the payment part` names something, `the part` does not.
  const says = !emptyNouns.has(head.lemma) || withoutDeterminer(thing).length > 1
  return says ? thing : undefined
}

function isMany(thing: readonly Word[]): boolean {
  const head = headOf(thing)
  return head !== undefined && isPlural(head)
}
