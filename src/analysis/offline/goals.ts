import { findAnchors } from './anchors.ts'
import { clauseEnd } from './clause-end.ts'
import { trimEnd } from './deeds.ts'
import { wholeSoftware } from './lexicon/nouns.ts'
import { headOf, nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { spoken } from './written.ts'
import { isPlural, thirdPerson } from './inflect.ts'
import { phraseLength, type Word } from './words.ts'

const presentCues = phraseList(
  'right now\ncurrently\nat the moment\nnowadays\ntoday\nat present\nso far',
)
const goalCues = phraseList(
  'the goal is to\nour goal is to\nthe main goal is to\nthe aim is to\nthe goal of the system is to\none of the goal of the system is to\none of the goals of the system is to\none of the goals is to\nthe purpose is to',
)

/** Whether a sentence tells of the present way of working, not of what is wanted. */
export function tellsOfToday(words: readonly Word[]): boolean {
  const from = openingEnd(words)
  return words.some((_, at) => {
    const length = at <= from + 12 ? phraseLength(words, at, presentCues) : 0
    return length > 0 && !isOfTheDay(words, from, at) && !isWanted(words.slice(0, at))
  })
}

/** `There should be a page with what we are looking for at the moment`: wanted before it is told. */
function isWanted(before: readonly Word[]): boolean {
  return findAnchors(before).some(
    ({ start, duty, wish }) => duty || wish || before[start]?.lower === 'should',
  )
}

/** `see which dogs arrive today`: a day like any other, not the present way of working. */
function isOfTheDay(words: readonly Word[], from: number, at: number): boolean {
  if (words[at]?.lower !== 'today') return false
  const opens = at <= from || words[at + 1]?.lower === ',' || words[at - 1]?.lower === ','
  const before = words.slice(0, at)
  const asks = before.some(({ lower }) => wanting.has(lower))
  return !opens && asks && !isAbleNow(before, words[at + 1])
}

/** `Visitors can pay by card today.`; `the coach can see the classes today` is about classes. */
function isAbleNow(before: readonly Word[], next: Word | undefined): boolean {
  const last = before.at(-1)
  const plain = before.every(({ lower }) => !wanting.has(lower) || lower === 'can')
  const asked = before.some(({ lower }) => ['which', 'what', 'who', 'where', 'how'].includes(lower))
  const ends = next === undefined || next.pos === 'PUNCT'
  return ends && plain && !asked && last !== undefined && !isPlural(last)
}

const wanting = wordSet('can should must need needs want wants like able')

/** `How do you do that now?` */
export function asksOfToday(words: readonly Word[]): boolean {
  return words.some(
    ({ lower }, at) => lower === 'now' && ['do', 'does'].includes(words[at - 2]?.lower ?? 'do'),
  )
}

const wishing = phraseList("need\nwant\nwould like\n'd like\nlooking for")

/** `we need an app for lending books` */
function softwareGoal(words: readonly Word[]): string | undefined {
  for (let at = 0; at < Math.min(words.length, 30); at++) {
    const start = at + phraseLength(words, at, wishing)
    const end = start === at ? at : nounPhraseEnd(words, start)
    const head = headOf(words.slice(start, end))
    if (words[start]?.lower === 'something') return somethingFor(words, start)
    const purpose = ['for', 'to'].includes(words[end]?.lower ?? '')
    const some = ['a', 'an', 'some'].includes(words[start]?.lower ?? '')
    // `a booking website` says what it is for, too.
    const named = words
      .slice(start + 1, end - 1)
      .some(({ pos }) => pos === 'NOUN' || pos === 'PROPN')
    // `a program for the instruments`; a loyalty programme is something else.
    const whole =
      head !== undefined &&
      (wholeSoftware.has(head.lemma) ||
        (purpose && end - start < 4 && ['program', 'programme', 'software'].includes(head.lemma)))
    if (!whole || !some) continue
    if (!purpose && !named) continue
    const phrase = trimEnd(words.slice(start, clauseEnd(words, start + 1, words.length)))
    return phrase.length < end - start + (named ? 0 : 2) || hasPointer(phrase)
      ? undefined
      : `The goal is ${spoken(phrase)}.`
  }
  return undefined
}

/** `something for the appointments` */
function somethingFor(words: readonly Word[], at: number): string | undefined {
  const end = clauseEnd(words, at + 1, words.length)
  const phrase = trimEnd(words.slice(at + 1, end))
  const purpose = phrase[0]?.lower === 'for' && nounPhraseEnd(phrase, 1) === phrase.length
  return !purpose || phrase.length < 2 || hasPointer(phrase)
    ? undefined
    : `The goal is software ${spoken(phrase)}.`
}

/** What the software is for, as said in a sentence; undefined when it says nothing of the kind. */
export function goalIn(words: readonly Word[]): string | undefined {
  for (let at = 0; at < Math.min(words.length, 20); at++) {
    const length = phraseLength(words, at, goalCues)
    if (length > 0) {
      const end = clauseEnd(words, at + length, words.length)
      const deed = trimEnd(words.slice(at + length, end))
      return deed.length < 2 || hasPointer(deed) ? undefined : `The goal is to ${spoken(deed)}.`
    }
  }
  return todayGoal(words) ?? softwareGoal(words)
}

/** `right now we write all the bookings in a paper diary` is a way of working to replace. */
function todayGoal(words: readonly Word[]): string | undefined {
  const at = words.findIndex(
    (_, index) => index < 12 && phraseLength(words, index, presentCues) > 0,
  )
  if (at === -1) return undefined
  const after = at + phraseLength(words, at, presentCues)
  const start = words[after]?.lower === ',' ? after + 1 : after
  const verb = words[start + 1]
  if (words[start]?.lower !== 'we' || verb === undefined) return undefined
  if (verb.pos !== 'VERB' || verb.lemma !== verb.lower) return undefined
  const end = clauseEnd(words, start + 2, words.length)
  const rest = trimEnd(words.slice(start + 2, end))
  if (rest.length < 2 || hasPointer(rest)) return undefined
  return `The software replaces today's way of working, in which the business ${thirdPerson(verb.lower)} ${spoken(rest)}.`
}

function hasPointer(words: readonly Word[]): boolean {
  return words.some((word) => ['i', 'me', 'it', 'sorry', 'that'].includes(word.lower))
}
