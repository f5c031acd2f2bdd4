import { emptyNouns } from './lexicon/nouns.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { actionVerbs, stateParticiples, systemVerbs } from './lexicon/verbs.ts'
import { isNoun } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { phraseLength, type Word } from './words.ts'

/**
 * Whether a sentence of an answer carries something, though it asks for nothing in so many words: it
 * drops or narrows down what was asked about, lists what there is of it, says what becomes of it, or how it
 * should be.
 */
export function carriesAsAnswer(words: readonly Word[]): boolean {
  if (drops(words)) return true
  if (words.some(({ lower }) => speakers.has(lower))) return false
  return narrows(words) || lists(words) || isDone(words) || shouldBe(words)
}

const speakers = wordSet("i i'm me my myself we you your")

const dropping = phraseList(
  "let 's leave\nlet us leave\nlet 's skip\nlet us skip\nlet 's drop\nlet us drop\nlet 's not\nlet us not",
)

/** `Let's leave the points out.` */
function drops(words: readonly Word[]): boolean {
  return phraseLength(words, openingEnd(words), dropping) > 0
}

const narrowing = phraseList(
  'only if\nonly when\nonly for\nonly within\nonly in\nonly on\nunless\nexcept',
)
const leading = wordSet('but and just , mean well so then or')

/** `But only if nobody is waiting for it.`, `Unless they are sick.` */
function narrows(words: readonly Word[]): boolean {
  const at = words.findIndex(({ lower }) => !leading.has(lower))
  return phraseLength(words, Math.max(at, 0), narrowing) > 0
}

const parting = wordSet(', and or plus ;')
const fewest = 3

/** `The species, how many there were, the place and a photo.`: three things or more, and no deed. */
function lists(words: readonly Word[]): boolean {
  const pieces: (readonly Word[])[] = []
  let from = 0
  for (let at = 0; at <= words.length; at++) {
    if (at < words.length && !parting.has(words[at]?.lower ?? '')) continue
    if (at > from) pieces.push(words.slice(from, at))
    from = at + 1
  }
  const named = pieces.filter((piece) =>
    piece.some((word) => isNoun(word) && !emptyNouns.has(word.lemma)),
  )
  const deeds = words.filter(({ pos, lemma }) => pos === 'VERB' && !having.has(lemma))
  return named.length >= fewest && deeds.length === 0
}

const having = wordSet('have be keep need')
const being = wordSet('is are gets get')
const past = wordSet('was were had did')
/** `On Mondays the house is closed` tells how it is. */
const states = wordSet('closed opened')

/** `Until then it is shown in grey.`, `They are passed on to the billing program.` */
function isDone(words: readonly Word[]): boolean {
  if (words.some(({ lower }) => past.has(lower))) return false
  return words.some((word, at) => {
    const verb = words.slice(at + 1, at + 3).find(({ pos }) => pos === 'VERB')
    const known = actionVerbs.has(verb?.lemma ?? '') || systemVerbs.has(verb?.lemma ?? '')
    const isState = stateParticiples.has(verb?.lower ?? '') || states.has(verb?.lower ?? '')
    return being.has(word.lower) && known && !isState && /(?:ed|en|wn|t)$/.test(verb?.lower ?? '')
  })
}

const idle = wordSet('fine good ok okay enough possible easy simple nice great help do work')

/** `It should be open two weeks earlier.`, `The system should remember that.`; not `that should do`. */
function shouldBe(words: readonly Word[]): boolean {
  const at = words.findIndex(({ lower }) => lower === 'should')
  const rest = words.slice(at + 1).filter(({ pos }) => pos !== 'PUNCT')
  const said = rest[0]?.lower === 'be' ? rest.slice(1) : rest
  return at > openingEnd(words) && said.length > 1 && !idle.has(said[0]?.lower ?? '')
}
