import { createHash, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { silentLog } from '../../src/domain/log.ts'
import { installQueue } from '../../src/pipeline/queue/start-queue.ts'
import type { Database } from '../../src/store/database.ts'
import { openPglite } from '../../src/store/open-pglite.ts'
import { openPostgres } from '../../src/store/open-postgres.ts'

const root = resolve(import.meta.dirname, '../..')
const cache = join(root, 'node_modules/.cache/talkwright')

/** The database on the tests' PostgreSQL that all others are copies of. */
export const templateName = 'prepared'

/** Everything that an empty database's content comes from. */
const sources = ['supabase/migrations', 'src/store', 'src/pipeline/queue', 'package-lock.json']

async function filesOf(path: string): Promise<string[]> {
  if (path.endsWith('.json')) return [path]
  const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
  return files.map((entry) => join(entry.parentPath, entry.name)).sort()
}

async function nameOfContent(): Promise<string> {
  const hash = createHash('sha256')
  for (const source of sources) {
    for (const file of await filesOf(source)) hash.update(await readFile(resolve(root, file)))
  }
  return `empty-${hash.digest('hex').slice(0, 16)}`
}

async function fill(database: Database): Promise<void> {
  await installQueue({ database, log: silentLog })
}

async function make(folder: string): Promise<void> {
  const database = await openPglite({ folder, token: randomUUID() })
  await fill(database)
  if (database.engine.kind !== 'pglite') throw new Error('This is not the embedded database.')
  const packed = await database.engine.pglite.dumpDataDir('none')
  await writeFile(join(folder, 'database.tar'), new Uint8Array(await packed.arrayBuffer()))
  await database.close()
}

/**
 * Gives a folder that holds an empty embedded database, with its schema and its queues: as files in
 * `database`, and packed in `database.tar`. Making one takes seconds, so it is kept between runs for
 * as long as nothing changes that it comes from.
 */
export async function prepareEmbedded(): Promise<string> {
  const name = await nameOfContent()
  const folder = join(cache, name)
  if (existsSync(folder)) return folder
  await mkdir(cache, { recursive: true })
  const older = (await readdir(cache)).filter((entry) => entry.startsWith('empty-'))
  // Made beside its place and moved there, so that a run that was cut off leaves no half of it.
  const made = await mkdtemp(join(cache, 'made-'))
  await make(made)
  try {
    await rename(made, folder)
  } catch (error) {
    await rm(made, { recursive: true, force: true })
    // Another run was quicker, and its work is as good.
    if (!existsSync(folder)) throw error
  }
  for (const entry of older) await rm(join(cache, entry), { recursive: true, force: true })
  return folder
}

/** Brings a new PostgreSQL database to where others begin: schema and queues, and no rows. */
export async function preparePostgres(connectionString: string): Promise<void> {
  const database = await openPostgres({ connectionString, onError: () => undefined })
  try {
    await fill(database)
  } finally {
    await database.close()
  }
}
