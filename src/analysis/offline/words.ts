import winkNLP from 'wink-nlp'
import model from 'wink-eng-lite-web-model'
import { z } from 'zod'
import type { Phrases } from './lexicon/word-set.ts'
import { retag } from './retag.ts'

/** One token of a sentence with what the tagger knows of it. */
export interface Word {
  /** As said. */
  text: string
  lower: string
  /** Base form: `class` for `classes`, `keep` for `kept`. */
  lemma: string
  /** Universal part of speech: NOUN, VERB, AUX … */
  pos: string
  /** Whether white space stands before it. */
  spaced: boolean
  /** Where it stands in the sentence as said, where that is known. */
  at?: number
}

/** A word in its base form that nobody said. */
export function wordOf(lower: string, pos: string): Word {
  return { text: lower, lower, lemma: lower, pos, spaced: true }
}

/** Gives the words of a sentence; same text, same words. */
export type Tagger = (text: string) => Word[]

/** A small first letter keeps the tagger from taking every first word for a name. */
function uncapitalised(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

const texts = z.array(z.string())

interface Tokens {
  out(helper?: unknown): unknown
}

const wholeGroups = new Set([
  'anybody',
  'anyone',
  'everybody',
  'everyone',
  'nobody',
  'people',
  'somebody',
])

function isNounTag(pos: string): boolean {
  return pos === 'NOUN' || pos === 'PROPN'
}

/** The tagger leaves names and unknown nouns as they are; the plural rules do for those. */
function singular(noun: string): string {
  if (noun.length < 4 || /(?:ss|us|is|news)$/.test(noun)) return noun
  if (/[^aeiou]ies$/.test(noun)) return `${noun.slice(0, -3)}y`
  if (/(?:ches|shes|sses|xes|zes)$/.test(noun)) return noun.slice(0, -2)
  return noun.endsWith('s') ? noun.slice(0, -1) : noun
}

/** `No.` and `a car wash.` at the end are taken for short forms, of number and of Washington. */
function withoutStop(word: Word, at: number, all: readonly Word[]): Word[] {
  if (!/^[a-z]{2,12}\.$/.test(word.lower) || at < all.length - 1) return [word]
  const lower = word.lower.slice(0, -1)
  const pos = lower === 'no' ? 'INTJ' : /^[a-z]/.test(word.text) ? 'NOUN' : word.pos
  const stop = { text: '.', lower: '.', lemma: '.', pos: 'PUNCT', spaced: false }
  return [{ ...word, text: word.text.slice(0, -1), lower, lemma: lower, pos }, stop]
}

/**
 * The language model without its patterns of custom entities, which are not used here. Loading those
 * doubles the length of a text that the package keeps for the whole process, until it is too long.
 */
function loadEnglish() {
  const plain = { ...model, metaCER: () => ({ machines: '', transformers: [undefined] }) }
  const nlp = winkNLP(plain, ['sbd', 'pos'])
  // wink's published types refuse its own `lemma`; what its helpers answer is checked instead.
  const helpers: Readonly<Record<string, unknown>> = { ...nlp.its }
  return { nlp, helpers }
}

/** wink keeps every word that it ever met; after so many characters it starts afresh. */
const charactersOfAnEngine = 2_000_000

/** A tagger for English over wink-nlp; building it loads the language model (some 100 ms). */
export function createTagger(): Tagger {
  let english = loadEnglish()
  let read = 0
  return (text) => {
    read += text.length
    if (read > charactersOfAnEngine) {
      english = loadEnglish()
      read = text.length
    }
    const { nlp, helpers } = english
    const tokens: Tokens = nlp.readDoc(uncapitalised(text)).tokens()
    const lemmas = texts.parse(tokens.out(helpers['lemma']))
    const tags = texts.parse(tokens.out(helpers['pos']))
    const spaces = texts.parse(tokens.out(helpers['precedingSpaces']))
    const words = texts.parse(tokens.out()).map((token, index): Word => {
      const lower = token.toLowerCase()
      const pos = wholeGroups.has(lower) ? 'NOUN' : (tags[index] ?? 'X')
      const lemma = (lemmas[index] ?? token).toLowerCase()
      return {
        text: token,
        lower,
        lemma: isNounTag(pos) && lemma === lower ? singular(lower) : lemma,
        pos,
        spaced: index > 0 && (spaces[index] ?? ' ') !== '',
      }
    })
    return retag(words.flatMap(withoutStop))
  }
}

/** The text of some words, spaced as it was said. */
export function textOf(words: readonly Word[]): string {
  return words.map((word, index) => (index > 0 && word.spaced ? ' ' : '') + word.text).join('')
}

/** Whether the words from this place on are exactly these, in small letters. */
export function startsWith(words: readonly Word[], at: number, phrase: readonly string[]): boolean {
  return phrase.every((part, offset) => words[at + offset]?.lower === part)
}

/** The length of the first phrase (longest first, given so) that stands at this place, or 0. */
export function phraseLength(words: readonly Word[], at: number, phrases: Phrases): number {
  const beginning = phrases.get(words[at]?.lower ?? '')
  return beginning?.find((phrase) => startsWith(words, at, phrase))?.length ?? 0
}
