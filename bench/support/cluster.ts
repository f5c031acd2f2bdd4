import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { ensureFirstWorkspace } from '../../src/access/first-workspace.ts'
import { openPostgres } from '../../src/store/open-postgres.ts'
import { startPostgres } from '../../test/support/postgres-cluster.ts'
import { type BenchDatabase, createDatabase } from './database.ts'
import { logLinePrefix } from './statement-log.ts'

/** The throw-away PostgreSQL that everything is measured on. */
export interface Cluster {
  /** The folder of its programs: pgbench comes from the same one. */
  binaries: string
  version: string
  /** A new database with Talkwright's schema, its first workspace and nothing else. */
  freshDatabase(): Promise<BenchDatabase>
  /** What the server wrote to its log from now until the function that this gives is called. */
  recordLog(): () => string
  stop(): Promise<void>
}

const template = 'bench_template'

/** The settings that make a commit survive a loss of power, as the server reports them. */
const Durability = z.object({
  fsync: z.literal('on'),
  commit: z.literal('on'),
  version: z.string(),
})

/** @throws when the server does not have PostgreSQL's default durability. */
async function prepareTemplate(serverUrl: string): Promise<string> {
  const database = await createDatabase(serverUrl, template)
  try {
    const [settings] = await database.rows(
      Durability,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
         current_setting('server_version') as version`,
    )
    const opened = await openPostgres({
      connectionString: database.url,
      onError: () => undefined,
    })
    await ensureFirstWorkspace(opened, randomUUID)
    await opened.close()
    return settings?.version ?? 'unknown'
  } finally {
    // A template may have no connection of its own when it is copied.
    await database.close()
  }
}

export async function startCluster(binaries: string): Promise<Cluster> {
  let taps: ((text: string) => void)[] = []
  const server = await startPostgres(binaries, {
    settings: [`log_line_prefix=${logLinePrefix}`],
    onLog: (text) => taps.forEach((tap) => tap(text)),
  })
  try {
    const version = await prepareTemplate(server.url)
    return {
      binaries,
      version: version.split(' ')[0] ?? version,
      freshDatabase: () =>
        createDatabase(server.url, `bench_${randomUUID().replaceAll('-', '')}`, template),
      recordLog() {
        const texts: string[] = []
        const tap = (text: string) => {
          texts.push(text)
        }
        taps.push(tap)
        return () => {
          taps = taps.filter((other) => other !== tap)
          return texts.join('')
        }
      },
      stop: () => server.stop(),
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}
