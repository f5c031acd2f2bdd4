import { detectAll } from 'tinyld'
import { AppError } from '../../domain/errors.ts'
import type { Turn } from '../../domain/turn.ts'

/** Enough to tell a language by; more would only take time. */
const sample = 4_000
const tooShort = 60
/** Fewer letters than this tell no language, in any script. */
const fewest = 12
/** Plain letters are shared by most languages: it takes more of them. */
const fewestPlain = 24

/**
 * The client's turns that are in another language than English, with its ISO 639-1 code. Short
 * turns, and talks that mix languages within their sentences, count as English.
 * @throws AppError `language_unsupported` when most of what the clients say is in another language.
 */
export function foreignTurns(turns: readonly Turn[]): ReadonlyMap<string, string> {
  const said = turns.filter(({ role }) => role === 'client')
  const whole = said
    .map(({ text }) => text)
    .join(' ')
    .slice(0, sample)
  const main = languageOf(whole)
  if (main !== 'en') throw unsupported(main)
  const foreign = new Map(said.flatMap(({ id, text }) => clearlyForeign(id, text)))
  const length = (list: readonly Turn[]) => list.reduce((sum, { text }) => sum + text.length, 0)
  const [first] = foreign.values()
  const others = said.filter(({ id }) => foreign.has(id))
  if (first !== undefined && 2 * length(others) > length(said)) throw unsupported(first)
  return foreign
}

function unsupported(language: string): AppError {
  return new AppError(
    'language_unsupported',
    `The offline analyst understands English only, and this talk is in another language (detected: ${language}). Configure a language model to analyse it.`,
    { status: 422, details: { language } },
  )
}

/** The language of a whole talk; English when in doubt. */
function languageOf(text: string): string {
  if (text.length < tooShort || englishShare(text) >= 0.2) return 'en'
  const [best] = detectAll(text)
  const isGuess = best !== undefined && best.accuracy < 0.3 && isAscii(text)
  return best === undefined || isGuess ? 'en' : best.lang
}

/** One turn tells little: only what cannot be English counts. */
function clearlyForeign(id: string, text: string): [id: string, language: string][] {
  const start = text.slice(0, sample)
  const least = isAscii(start) ? fewestPlain : fewest
  if (lettersIn(start) < least || englishShare(start) >= 0.05) return []
  const [best] = detectAll(start)
  const enough = isAscii(start) ? 0.9 : 0.4
  return best === undefined || best.lang === 'en' || best.accuracy < enough ? [] : [[id, best.lang]]
}

function isAscii(text: string): boolean {
  return /^[\p{ASCII}]*$/u.test(text)
}

function lettersIn(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}

const telling = new Set(
  'the and to of is that it we you should have with for are this can be they not would need want'.split(
    ' ',
  ),
)

/** The share of words that only English uses so often. */
function englishShare(text: string): number {
  const words = text.toLowerCase().match(/\p{L}{1,40}/gu) ?? []
  return words.length === 0 ? 1 : words.filter((word) => telling.has(word)).length / words.length
}
