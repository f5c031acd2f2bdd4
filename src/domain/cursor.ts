import { z } from 'zod'
import { type AppError, invalidInput } from './errors.ts'

/** Where a page of a list begins: after the row with this time (ISO 8601, UTC) and this id. */
export interface ListPlace {
  at: string
  id: string
}

/** PostgreSQL has no year 0. */
const Time = z.iso.datetime().refine((text) => !text.startsWith('0000'))

/** A place as it stands in a cursor, after whatever else the cursor holds. */
export const PlaceParts = [Time, z.uuid()] as const

export function badCursor(): AppError {
  return invalidInput('bad_cursor', 'The cursor is not one that this list gave.')
}

const Parts = z.tuple(PlaceParts)

/** The place that a cursor tells of, where there is one. @throws AppError `bad_cursor` */
export function readCursor(cursor: string | undefined): ListPlace | undefined {
  if (cursor === undefined) return undefined
  const { data } = Parts.safeParse(cursor.split('~'))
  if (data === undefined) throw badCursor()
  return { at: data[0], id: data[1] }
}

/**
 * A page of rows that were read with one more than it shows, and the cursor of the next one, which
 * is null after the last.
 */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  placeOf: (row: T) => { at: Date | string; id: string },
): { shown: T[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  if (last === undefined) return { shown, next: null }
  const { at, id } = placeOf(last)
  return { shown, next: `${typeof at === 'string' ? at : at.toISOString()}~${id}` }
}
