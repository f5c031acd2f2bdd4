import type { Output } from './output.ts'
import { aligned } from './table.ts'

export interface Page<T> {
  items: T[]
  /** Where the next page begins; null after the last. */
  next: string | null
}

/** How much of a list is wanted. */
export interface Stretch {
  limit: number
  /** The cursor that an earlier list ended with. */
  after?: string
}

/** What of a list is read at a time. */
const pageSize = 100

/** Reads on page by page, until there is as much as was asked for or nothing more. */
export async function readPages<T>(
  { limit, after }: Stretch,
  read: (page: { limit: number; cursor: string | undefined }) => Promise<Page<T>>,
): Promise<Page<T>> {
  const all: T[] = []
  let cursor = after
  do {
    const { items, next } = await read({ limit: Math.min(pageSize, limit - all.length), cursor })
    all.push(...items)
    cursor = next ?? undefined
  } while (cursor !== undefined && all.length < limit)
  return { items: all, next: cursor ?? null }
}

/** How a list is said: a line of columns for each item, or its facts for programs. */
export interface Table<T> {
  heads: readonly string[]
  cells: (item: T) => string[]
  facts: (item: T) => object
  /** What is said when there is nothing. */
  none: string
}

/** Says a list and, where there is more of it, the cursor that goes on. */
export function sayPage<T>(output: Output, { items, next }: Page<T>, table: Table<T>): void {
  const lines = aligned(table.heads, items.map(table.cells))
  if (items.length === 0) output.say(table.none)
  else if (!output.json) output.result(lines.head, {})
  for (const [index, item] of items.entries()) {
    output.result(lines.rows[index] ?? '', table.facts(item))
  }
  if (next === null) return
  if (output.json) output.result('', { next })
  else output.say(`There are more: --after ${next} goes on from here.`)
}
