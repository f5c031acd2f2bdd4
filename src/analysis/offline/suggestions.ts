import { clauseEnd } from './clause-end.ts'
import { nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import type { Sentence } from './sentences.ts'
import { actionVerbs, talkVerbs } from './lexicon/verbs.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { phraseLength, textOf, type Tagger, type Word } from './words.ts'

/** Something that the agent offers, put into the client's mouth: what a `yes` would mean. */
export interface Suggestion {
  sentence: Sentence
  words: readonly Word[]
  /** Whether it was a question, so that a `no` declines it. */
  asked: boolean
}

const wishing = phraseList(`
  would you like
  would you also like
  would you want
  would you need
  would you prefer
  do you want
  do you also want
  do you need
  do you also need
  do we need
  do we also need
  do we want
  shall we add
  should we add
  should we include
  how about
  what about adding
  what about
  would it help to have
  would it be useful to have
`)
const stating = phraseList(
  "you need\nyou want\nyou would like\nyou 'd like\nyou also need\nyou also want",
)
/** The agent puts forward an idea of its own. */
const offering = phraseList(`
  you really need
  you definitely need
  you certainly need
  i would add
  i would also add
  i 'd add
  i 'd also add
  i suggest
  i would suggest
  we could add
  we could also add
  we could offer
  we could also offer
  you could add
  you could also add
  you could offer
  you could also offer
  you should offer
  you should also offer
  you should add
  you should also add
  you should have
`)
const nice = wordSet('nice good great amazing helpful useful cool awesome wonderful')
const speaking = wordSet(
  'describe explain give share show list name walk talk clarify repeat summarise summarize elaborate confirm estimate help rank prioritise prioritize speak expand send',
)
const modals = new Set(['should', 'can', 'could', 'must', 'may', 'will', 'shall'])
const asking = new Set([
  'what',
  'how',
  'when',
  'which',
  'who',
  'where',
  'why',
  'whose',
  'until',
  'is',
  'are',
  'does',
  'did',
])

/** What the agent suggests in a turn's last sentences. */
export function suggestionsOf(sentences: readonly Sentence[], tag: Tagger): Suggestion[] {
  return sentences.slice(-3).flatMap((sentence) => {
    const from = openingEnd(sentence.words)
    const words = sentence.asks
      ? declared(sentence.words, from, tag)
      : stated(sentence.words, from, tag)
    return words === undefined ? [] : [{ sentence, words, asked: sentence.asks }]
  })
}

function tail(words: readonly Word[], from: number): string {
  return textOf(words.slice(from))
    .replace(/[\s?.]{1,9}$/, '')
    .replace(/\byour\b/g, 'our')
    .replace(
      /,? (?:right|correct|yes|afterwards|too|as well|(?:in|for|with|from|through|via|on) (?:there|it|that))$/i,
      '',
    )
}

function declared(words: readonly Word[], from: number, tag: Tagger): Word[] | undefined {
  const wish = phraseLength(words, from, wishing)
  const first = words[from]?.lower ?? ''
  const told = allowed(words, from) ?? doing(words, from)
  if (told !== undefined) return tag(told)
  if (wish > 0) return tag(`we need ${tail(words, from + wish)}.`)
  if (first === 'would' && helpAt(words, from) > 0) {
    return tag(`we need ${textOf(words.slice(from + 1, helpAt(words, from)))}.`)
  }
  if (modals.has(first)) return reordered(words, from, tag)
  const praised = words.findIndex(
    ({ lower }, at) => at > from && lower === 'would' && isPraised(words, at),
  )
  if (praised !== -1) return tag(`we need ${textOf(words.slice(from, praised))}.`)
  const state = stated(words, from, tag)
  return asking.has(first) ? undefined : state
}

const letting = phraseList('shall we let\nshould we let\nwould you let\ndo you let\nis\nare')

/** `Shall we let residents cancel visits?`, `Are they allowed to cancel?` → `residents can cancel visits` */
function allowed(words: readonly Word[], from: number): string | undefined {
  const length = phraseLength(words, from, letting)
  const who = from + length
  const end = whoEnd(words, who)
  if (length === 0 || end === who) return undefined
  const is = ['is', 'are'].includes(words[from]?.lower ?? '')
  const may =
    ['allowed', 'able'].includes(words[end]?.lower ?? '') && words[end + 1]?.lower === 'to'
  if (is !== may) return undefined
  return `${textOf(words.slice(who, end))} can ${tail(words, may ? end + 2 : end)}.`
}

/** `Does somebody have to approve it?` → `somebody must approve it` */
function doing(words: readonly Word[], from: number): string | undefined {
  if (!['do', 'does'].includes(words[from]?.lower ?? '')) return undefined
  const end = whoEnd(words, from + 1)
  const plain = doingPlainly(words, from + 1, end)
  if (plain !== undefined) return plain
  const has = ['have', 'need'].includes(words[end]?.lower ?? '') && words[end + 1]?.lower === 'to'
  const you = words[from + 1]?.lower === 'you'
  if (end === from + 1 || !has || you) return undefined
  return `${textOf(words.slice(from + 1, end))} must ${tail(words, end + 2)}.`
}

/** `Do the parents choose the times themselves?` → `the parents can choose the times` */
function doingPlainly(words: readonly Word[], from: number, end: number): string | undefined {
  const verb = words[end]
  const own = ['you', 'we', 'it', 'i'].includes(words[from]?.lower ?? '')
  const now = words.some(({ lower }) => ofNow.has(lower))
  const acts = verb !== undefined && actionVerbs.has(verb.lower) && !talkVerbs.has(verb.lower)
  if (own || now || !acts || end === from || words.length < end + 2) return undefined
  return `${textOf(words.slice(from, end))} can ${tail(words, end)}.`
}

const ofNow = wordSet('now currently today already ever usually normally often present moment')

function whoEnd(words: readonly Word[], from: number): number {
  const pronoun = ['they', 'he', 'she', 'it', 'we', 'you'].includes(words[from]?.lower ?? '')
  return pronoun ? from + 1 : nounPhraseEnd(words, from)
}

/** `a map would be amazing, right?` */
function isPraised(words: readonly Word[], at: number): boolean {
  return words[at + 1]?.lower === 'be' && nice.has(words[at + 2]?.lower ?? '')
}

/** `would a reminder before the class help?` */
function helpAt(words: readonly Word[], from: number): number {
  return words.findIndex(
    (word, index) =>
      index > from + 1 &&
      index < from + 14 &&
      (['help', 'helpful', 'useful'].includes(word.lower) ||
        (word.lower === 'make' && words[index + 1]?.lower === 'sense')),
  )
}

/** `should members be able to rate a class?` → `members should be able to rate a class` */
function reordered(words: readonly Word[], from: number, tag: Tagger): Word[] | undefined {
  const modal = words[from]?.lower ?? ''
  const you = ['you', 'we', 'i'].includes(words[from + 1]?.lower ?? '')
  const asked = words[from + 2]?.lower ?? ''
  // `Can you describe that?` asks the client to speak.
  if (words[from + 1]?.lower === 'you' && (speaking.has(asked) || talkVerbs.has(asked)))
    return undefined
  const end = words[from + 1]?.lower === 'there' || you ? from + 2 : nounPhraseEnd(words, from + 1)
  if (end === from + 1) return undefined
  const subject = you ? 'we' : textOf(words.slice(from + 1, end))
  return tag(`${subject} ${modal} ${tail(words, end)}.`)
}

/** `so you need the system to …` → `we need the system to …` */
function stated(words: readonly Word[], from: number, tag: Tagger): Word[] | undefined {
  const at = words.findIndex(
    (_, index) => index >= from && index < from + 6 && phraseLength(words, index, stating) > 0,
  )
  if (asking.has(words[from]?.lower ?? '')) return undefined
  const idea = phraseLength(words, from, offering)
  if (idea > 0) {
    const end = clauseEnd(words, from + idea, words.length)
    return tag(`we need ${tail(words.slice(0, end), from + idea)}.`)
  }
  if (at !== -1) return tag(`we need ${tail(words, at + phraseLength(words, at, stating))}.`)
  return tag(`${tail(words, from)}.`)
}
