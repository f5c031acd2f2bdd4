import { findAnchors } from './anchors.ts'
import { capitalised } from './inflect.ts'
import { wordSet } from './lexicon/word-set.ts'
import { openingEnd } from './openings.ts'
import type { Word } from './words.ts'

/** Languages that people speak, in small letters. */
export const languages = wordSet(`
  english french german spanish italian portuguese dutch polish czech danish swedish norwegian finnish
  greek turkish russian ukrainian arabic hebrew hindi urdu chinese japanese korean romanian hungarian
  bulgarian croatian serbian slovak slovenian catalan basque welsh irish farsi persian kurdish
  vietnamese thai tamil punjabi bengali somali swahili albanian bosnian lithuanian latvian estonian
`)
const between = wordSet('and or , . also both plus please in maybe at least ideally only just')

function isLanguage(word: Word | undefined): boolean {
  return languages.has(word?.lower ?? '')
}

/**
 * The languages that a clause asks the software to speak: `It has to be in German, and English for the
 * Americans`, or nothing but their names, `And English and Polish`. Undefined where none is asked for.
 */
export function languagesAsked(clause: readonly Word[]): string | undefined {
  const named = clause.filter(({ lower }) => languages.has(lower))
  if (named.length === 0) return undefined
  const from = openingEnd(clause)
  // `English and Polish, most of the drivers are from Poland`
  const stop = clause.findIndex(
    ({ lower }, index) =>
      lower === ',' &&
      !between.has(clause[index + 1]?.lower ?? ',') &&
      !isLanguage(clause[index + 1]),
  )
  const bare = clause
    .slice(from, stop === -1 ? clause.length : stop)
    .every((word) => isLanguage(word) || between.has(word.lower))
  const at = clause.findIndex(({ lower }) => languages.has(lower))
  const isIn = ['in', 'into'].includes(clause[at - 1]?.lower ?? '')
  const asks = findAnchors(clause).some(
    ({ start, duty, wish, force }) => start < at && (duty || wish || force !== 'could'),
  )
  const who = clause
    .slice(from, at)
    .some(({ lower }) =>
      ['it', 'everything', 'system', 'app', 'site', 'website', 'we', 'pages'].includes(lower),
    )
  const wanted = asks && isIn && who && at - from < 9
  if (!(bare && named.length > 1) && !wanted) return undefined
  const names = [...new Set(named.map(({ lower }) => capitalised(lower)))]
  const last = names.pop() ?? ''
  const all = names.length === 0 ? last : `${names.join(', ')} and ${last}`
  return `The system is available in ${all}.`
}
