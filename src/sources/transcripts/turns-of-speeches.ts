import type { Turn } from '../../domain/turn.ts'
import { maxTurns, numberTurns } from '../turns.ts'
import { tooLarge } from './format.ts'
import { assignRoles } from './roles.ts'
import type { Speech } from './speech.ts'

/**
 * The turns of a talk whose speakers have names: roles are found over the whole of it.
 *
 * @throws AppError `transcript_too_large`
 */
export function turnsOfSpeeches(speeches: readonly Speech[]): Turn[] {
  const spoken = speeches.filter(({ text }) => text.trim() !== '')
  if (spoken.length > maxTurns) {
    throw tooLarge(`There are more than ${maxTurns} turns. Split the talk into parts.`)
  }
  const roles = assignRoles(spoken)
  return numberTurns(
    spoken.map((speech) => ({ ...speech, role: roles.get(speech.speaker) ?? 'client' })),
    tooLarge,
  )
}
