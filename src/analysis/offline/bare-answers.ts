import { findAnchors } from './anchors.ts'
import { emptyNouns } from './lexicon/nouns.ts'
import { wordSet } from './lexicon/word-set.ts'
import { headOf, nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import type { Sentence } from './sentences.ts'
import { capitalised } from './inflect.ts'
import { lowerFirst } from './written.ts'
import { textOf, type Tagger, type Word } from './words.ts'

const languages = wordSet(`
  english french german spanish italian portuguese dutch polish czech danish swedish norwegian finnish
  greek turkish russian ukrainian arabic hebrew hindi urdu chinese japanese korean romanian hungarian
  bulgarian croatian serbian slovak slovenian catalan basque welsh irish
`)
const goesOn = wordSet('that which where for with to . ,')
const listing = new Set([',', 'and', '.', 'or', 'also', 'please', 'too'])

/**
 * An answer that is no sentence, put as one: `What do you need? – A page that shows …` says that we
 * need that page, `In which languages? – English and French.` that the system is available in them.
 */
export function wholeAnswer(
  words: readonly Word[],
  asked: Sentence | undefined,
  tag: Tagger,
): readonly Word[] {
  if (asked === undefined || !asked.asks || findAnchors(words).length > 0) return words
  const from = openingEnd(words)
  if (asked.words.some(({ lemma }) => lemma === 'language')) {
    const rest = words.slice(from)
    const only = rest.every(({ lower }) => languages.has(lower) || listing.has(lower))
    return only && rest.some(({ lower }) => languages.has(lower))
      ? tag(
          `the system must be available in ${rest
            .map(nameOf)
            .join(' ')
            .replace(/ (?=[,.])/g, '')}`,
        )
      : words
  }
  return asksForThings(asked.words) && isThing(words, from)
    ? tag(`we need ${lowerFirst(textOf(words.slice(from)))}`)
    : words
}

function nameOf({ lower, text }: Word): string {
  return languages.has(lower) ? capitalised(lower) : text
}

function asksForThings(words: readonly Word[]): boolean {
  const what = words.findIndex(({ lower }) => lower === 'what')
  return (
    what !== -1 &&
    words.some(
      ({ lemma }, at) =>
        at > what && at < what + 6 && ['need', 'want', 'like', 'build'].includes(lemma),
    ) &&
    !words.some(({ lemma }) => ['store', 'keep', 'know', 'save', 'record'].includes(lemma))
  )
}

function isThing(words: readonly Word[], from: number): boolean {
  const end = nounPhraseEnd(words, from)
  const head = headOf(words.slice(from, end))
  const article = ['a', 'an', 'some', 'the'].includes(words[from]?.lower ?? '')
  return (
    article &&
    head !== undefined &&
    !emptyNouns.has(head.lemma) &&
    goesOn.has(words[end]?.lower ?? '.')
  )
}
