import { parseCounts } from './named-counts.ts'

/** What open live connections are counted by. */
export const connectionKinds = ['key', 'user', 'address'] as const
export type ConnectionKind = (typeof connectionKinds)[number]

/** How many live connections each may have open; a kind that is not there has no limit. */
export type Connections = Readonly<Partial<Record<ConnectionKind, number>>>

/** Each tab that is looked at has one; a program has one for all that it follows. */
export const defaultConnections: Connections = { key: 500, user: 100, address: 2_000 }

/**
 * Reads limits such as `user=50 address=5000`; what is not named keeps its default, and `off` leaves
 * all of them out.
 *
 * @throws AppError `bad_connections` that names the part that is wrong.
 */
export function parseConnections(text: string): Connections {
  const grammar = { names: connectionKinds, usual: defaultConnections, code: 'bad_connections' }
  return parseCounts(text, { ...grammar, hint: 'how many at once, such as user=50' })
}
