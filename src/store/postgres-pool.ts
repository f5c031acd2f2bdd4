import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import { Pool, type PoolClient, type QueryResult } from 'pg'
import { postgresError, spoilsConnection } from './postgres-errors.ts'

export interface PoolOptions {
  connectionString: string
  /** Connections at most. */
  max: number
  /**
   * Whether a connection stays ours between transactions: statements are then planned once on each
   * connection. False behind a pooler in transaction mode.
   */
  ownsSession: boolean
  /** Called when an idle connection breaks; the pool replaces it by itself. */
  onError: (error: Error) => void
}

/** What the driver gives for text that holds one statement, or an array of it for several. */
export type RawResult = QueryResult<Record<string, unknown>>

/** One pool of connections for everything in the process. */
export interface Connections {
  /** As Kysely wants it; its errors are those of the house. */
  readonly pool: PostgresPool
  /** Runs a statement outside of any transaction; errors are the driver's own. */
  run: (text: string, values?: unknown[]) => Promise<RawResult>
  close(): Promise<void>
}

/** A connection keeps this many plans at most; statements beyond it are planned each time. */
const maxPlans = 400

/** Names statements, so that each connection parses and plans them once. */
function statementNames(): (text: string) => string | undefined {
  const names = new Map<string, string>()
  return (text) => {
    const known = names.get(text)
    if (known !== undefined || names.size >= maxPlans) return known
    const name = `talkwright_${names.size + 1}`
    names.set(text, name)
    return name
  }
}

/** There is nothing to plan in them: one message each, where a named statement takes four. */
const unplanned: ReadonlySet<string> = new Set(['begin', 'commit', 'rollback'])

type Run = (client: PoolClient, text: string, values?: unknown[]) => Promise<RawResult>

function makeRun(ownsSession: boolean): Run {
  const nameOf = statementNames()
  return (client, text, values) => {
    // Without values the text may hold several statements, which cannot be prepared.
    if (values === undefined || (values.length === 0 && text.includes(';'))) {
      return client.query(text)
    }
    if (unplanned.has(text)) return client.query(text)
    const name = ownsSession ? nameOf(text) : undefined
    return client.query(name === undefined ? { text, values } : { name, text, values })
  }
}

/** A connection out of the pool, which goes back when it is still good. */
interface Lease {
  query(text: string, values?: unknown[]): Promise<RawResult>
  release(destroy?: boolean): void
}

async function lease(pool: Pool, run: Run): Promise<Lease> {
  const client = await pool.connect().catch((error: unknown) => {
    throw postgresError(error)
  })
  let spoilt = false
  // The pool listens to idle connections alone; unheard, a break in between would end the process.
  const onBreak = () => {
    spoilt = true
  }
  client.on('error', onBreak)
  return {
    async query(text, values) {
      try {
        return await run(client, text, values)
      } catch (error) {
        spoilt ||= spoilsConnection(error)
        throw error
      }
    },
    release(destroy = false) {
      client.removeListener('error', onBreak)
      client.release(destroy || spoilt)
    },
  }
}

function forKysely(taken: Lease): PostgresPoolClient {
  async function query<R>(
    text: string,
    values: readonly unknown[],
  ): Promise<PostgresQueryResult<R>> {
    try {
      const result = await taken.query(text, [...values])
      // The rows' shape is what Kysely derives from the schema; it has no other way to be told.
      return result as unknown as PostgresQueryResult<R>
    } catch (error) {
      throw postgresError(error)
    }
  }
  return {
    query: query as PostgresPoolClient['query'],
    release: (destroy) => taken.release(destroy),
  }
}

/** A statement that has no answer after this long is given up: its connection may be half open. */
const answerMs = 15_000

/**
 * The time-outs end what a server does for a client that went silent, which would hold its locks
 * until TCP gives up. A plan is kept for as long as its connection, and one that was made while a
 * table was empty would read it whole for ever: every statement of ours has an index
 * (test/plans.test.ts), so plans without one are not considered, nor compiled for their cost.
 * Sent as a statement, because poolers refuse what they do not know at the start of a session.
 */
const sessionSettings = `set statement_timeout = ${answerMs};
  set idle_in_transaction_session_timeout = ${answerMs};
  set enable_seqscan = off; set jit = off`

/** Opens a pool; connections are made when they are needed. */
export function connect(options: PoolOptions): Connections {
  const pool = new Pool({
    connectionString: options.connectionString,
    max: options.max,
    connectionTimeoutMillis: 10_000,
    query_timeout: answerMs,
    keepAlive: true,
    application_name: 'talkwright',
  })
  pool.on('error', options.onError)
  // Between its making and its lease nobody listens to a connection, and an error that nobody hears
  // ends the process; whoever uses it is told by the failure of the statement.
  pool.on('connect', (client) => client.on('error', () => undefined))
  if (options.ownsSession) {
    // Queued before whatever the connection is wanted for; a connection that broke says so there.
    pool.on('connect', (client) => {
      client.query(sessionSettings).catch(options.onError)
    })
  }
  const run = makeRun(options.ownsSession)
  return {
    pool: {
      options: {},
      connect: async () => forKysely(await lease(pool, run)),
      end: () => pool.end(),
    },
    async run(text, values) {
      const taken = await lease(pool, run)
      let failed = true
      try {
        const result = await taken.query(text, values)
        failed = false
        return result
      } finally {
        // A statement that failed inside a transaction of its own text would leave it open.
        taken.release(failed)
      }
    },
    close: () => pool.end(),
  }
}
