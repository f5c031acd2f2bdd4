import { phraseList, wordSet } from './lexicon/word-set.ts'
import { nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { phraseLength, textOf, type Word } from './words.ts'

const permitting = phraseList(
  'may\ncan\nshould\nmust\nis allowed to\nare allowed to\ngets to\nget to',
)
const keeping = wordSet('keep store save hold retain')
const spans = wordSet('minute hour day week month year')
const telling = wordSet('know see find learn report measure')

/** What a question and the half sentence that answers it say together; undefined for other answers. */
export function answeredWith(words: readonly Word[], asked: readonly Word[]): string | undefined {
  const from = openingEnd(words)
  return whoMay(words, from, asked) ?? howLong(words, from, asked) ?? whatToKnow(words, from, asked)
}

/** `Who may publish a plan? – Only the editor.` */
function whoMay(words: readonly Word[], from: number, asked: readonly Word[]): string | undefined {
  const who = asked.findIndex(({ lower }) => lower === 'who')
  const may = who + 1 + phraseLength(asked, who + 1, permitting)
  // `just` alone opens many a sentence.
  const isOnly = (at: number) => ['only', 'just'].includes(words[at]?.lower ?? '')
  const only = isOnly(from) ? from + 1 : from
  const end = namesEnd(words, only)
  const alone = end > only && isStop(words[end])
  if (who === -1 || may === who + 1 || !alone) return undefined
  const names = textOf(words.slice(only, end))
  const deed = textOf(asked.slice(may)).replace(/\s?[?.]+$/, '')
  return deed === '' || /\b(?:me|you|us)\b/i.test(names)
    ? undefined
    : `${only > from || isOnly(from - 1) ? 'only ' : ''}${names} can ${deed}.`
}

/** After `the office`, `the office and the kitchen`. */
function namesEnd(words: readonly Word[], from: number): number {
  const end = nounPhraseEnd(words, from)
  const joins = ['and', 'or'].includes(words[end]?.lower ?? '')
  const more = joins && end > from ? nounPhraseEnd(words, end + 1) : end
  return more > end + 1 ? more : end
}

function isStop(word: Word | undefined): boolean {
  return word === undefined || word.pos === 'PUNCT'
}

/** `How long do you keep jobs? – Ten years.` */
function howLong(words: readonly Word[], from: number, asked: readonly Word[]): string | undefined {
  const how = asked.findIndex(({ lower }, at) => lower === 'how' && asked[at + 1]?.lower === 'long')
  const kept = asked.findIndex(({ lemma }, at) => at > how && keeping.has(lemma))
  const span = words[from]?.pos === 'NUM' && spans.has(words[from + 1]?.lemma ?? '')
  if (how === -1 || kept === -1 || !span) return undefined
  const thing =
    nounPhraseEnd(asked, kept + 1) > kept + 1
      ? asked.slice(kept + 1, nounPhraseEnd(asked, kept + 1))
      : thingBefore(asked, kept)
  const name = textOf(thing)
  return name === '' || /^(?:it|them|that|things?)$/i.test(name)
    ? undefined
    : `the system must keep ${name} for ${textOf(words.slice(from, from + 2))}.`
}

/** In `How long are the recordings kept?` the recordings. */
function thingBefore(words: readonly Word[], at: number): readonly Word[] {
  const be = words.findIndex(({ lower }) => ['are', 'is', 'be'].includes(lower))
  return be === -1 || be > at ? [] : words.slice(be + 1, nounPhraseEnd(words, be + 1))
}

/** `What do you want to know at the end? – How many hours each mover worked.` */
function whatToKnow(
  words: readonly Word[],
  from: number,
  asked: readonly Word[],
): string | undefined {
  const what = asked.findIndex(({ lower }) => lower === 'what')
  const wants = asked.some(({ lemma }, at) => at > what && ['want', 'need', 'like'].includes(lemma))
  const tells = asked.some(({ lemma }, at) => at > what && telling.has(lemma))
  const opens = ['how', 'which', 'who', 'where', 'whether'].includes(words[from]?.lower ?? '')
  return what === -1 || !wants || !tells || !opens
    ? undefined
    : `we need to see ${textOf(words.slice(from))}`
}
