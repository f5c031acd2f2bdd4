import type { AppError } from '../domain/errors.ts'
import type { Turn } from '../domain/turn.ts'
import { cleanText } from './clean-text.ts'

/** A turn as a source gives it, before it is cleaned and numbered. */
export type Utterance = Omit<Turn, 'id'>

/** Far above any talk: an hour has about a thousand turns. */
export const maxTurns = 20_000
const maxTurnText = 100_000
const maxSpeaker = 200

function cleanSpeaker(speaker: string): string {
  return cleanText(speaker).replaceAll('\n', ' ').trim().slice(0, maxSpeaker).toWellFormed()
}

/** Thirty years: what lies beyond was no second of a talk, and overflows when it is rounded. */
const maxStart = 1e9

/** A start that can be kept: within any talk, not before it, rounded to milliseconds. */
function cleanStart(start: number | undefined): { start?: number } {
  if (start === undefined || !(start <= maxStart)) return {}
  return { start: Math.max(0, Math.round(start * 1000) / 1000) }
}

/**
 * Utterances as the turns of a talk: cleaned, the empty ones left out, numbered `t1` and up.
 *
 * @throws what `tooLarge` makes of a message, above 20,000 turns or 100,000 characters in one turn:
 *   cutting would lose words without a trace.
 */
export function numberTurns(
  utterances: readonly Utterance[],
  tooLarge: (message: string) => AppError,
): Turn[] {
  const turns: Turn[] = []
  for (const { speaker, role, text, start } of utterances) {
    const clean = cleanText(text).trim()
    if (clean === '') continue
    if (clean.length > maxTurnText) {
      throw tooLarge(`One turn has more than ${maxTurnText} characters. Split it into turns.`)
    }
    if (turns.length === maxTurns) {
      throw tooLarge(`There are more than ${maxTurns} turns. Split the talk into parts.`)
    }
    turns.push({
      id: `t${turns.length + 1}`,
      speaker: cleanSpeaker(speaker),
      role,
      text: clean,
      ...cleanStart(start),
    })
  }
  return turns
}
