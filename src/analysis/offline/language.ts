import { detectAll } from 'tinyld'
import { AppError } from '../../domain/errors.ts'
import type { Turn } from '../../domain/turn.ts'

/** Enough to tell a language by; more would only take time. */
const sample = 4_000
const tooShort = 60

/**
 * The ISO 639-1 code of what the clients say. Short or mixed talks count as English.
 * @throws AppError `language_unsupported` when it is clearly another language.
 */
export function requireEnglish(turns: readonly Turn[]): string {
  const text = turns
    .filter((turn) => turn.role === 'client')
    .map((turn) => turn.text)
    .join(' ')
    .slice(0, sample)
  const short = text.length < tooShort && !isInAnotherScript(text)
  if (short || englishShare(text) >= 0.2) return 'en'
  const [best] = detectAll(text)
  if (best === undefined || best.lang === 'en') return 'en'
  if (best.accuracy < 0.3 && /^[\p{ASCII}]*$/u.test(text)) return 'en'
  throw new AppError(
    'language_unsupported',
    `The offline analyst understands English only, and this talk is in another language (detected: ${best.lang}). Configure a language model to analyse it.`,
    { status: 422, details: { language: best.lang } },
  )
}

/** Letters that no English word has tell at once, and a few of them say as much as a long sentence. */
function isInAnotherScript(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? []
  const others = letters.filter((letter) => !/\p{Script=Latin}/u.test(letter))
  return others.length >= 8 && others.length > letters.length / 2
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
