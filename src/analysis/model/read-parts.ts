import { AppError } from '../../domain/errors.ts'
import { halvesOf } from './parts.ts'
import type { InputTurn } from './talk-input.ts'

/** A part is cut down to an eighth of what it was; a model that has no room for that never will. */
const mostCuts = 3

/** Whether an answer ran out of room, so that asking for less at once helps. */
export function isCutOff(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'model_cut_off'
}

/**
 * Reads the parts of a talk in its order. One whose answer has no room is cut in two, which are read in
 * its place; after three cuts the error stands, so that it costs four calls at most.
 *
 * @param read gets the part's place and how many there are as far as is known
 * @throws what `read` throws
 */
export async function readParts<T>(
  parts: readonly InputTurn[][],
  overlap: number,
  read: (part: InputTurn[], place: { part: number; parts: number }) => Promise<T>,
): Promise<T[]> {
  const waiting = parts.map((turns) => ({ turns, cuts: 0 }))
  const found: T[] = []
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { turns, cuts } = next
    const part = found.length + 1
    try {
      found.push(await read(turns, { part, parts: part + waiting.length }))
    } catch (thrown) {
      const smaller = isCutOff(thrown) && cuts < mostCuts ? halvesOf(turns, overlap) : []
      if (smaller.length === 0) throw thrown
      waiting.unshift(...smaller.map((half) => ({ turns: half, cuts: cuts + 1 })))
    }
  }
  return found
}
