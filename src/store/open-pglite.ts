import { fdatasyncSync } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { z } from 'zod'
import type { Database } from './database.ts'
import { lockDirectory } from './directory-lock.ts'
import { migrate } from './migrate.ts'
import type { Schema } from './schema.ts'

export interface PgliteOptions {
  /** The data folder; absent for a database in memory. */
  folder?: string
  /** A database that PGlite packed, to begin with instead of an empty one. */
  packed?: Blob
  /** Unique for this process, for the folder's lock. */
  token: string
  /** Called before the first start on a new folder, which takes a few seconds. */
  onFirstStart?: () => void
  /** Called as soon as the folder is this process's own. */
  onLocked?: () => void
}

const OpenFile = z.object({ nfd: z.number() })

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/**
 * PGlite leaves fsync out twice: it starts with -F, and its file system has no fsync at all. This
 * adds the second; the first is left out of the start parameters. False when PGlite's inside has
 * moved, so that the caller can warn that a power cut may lose the last commits.
 */
function addFsync(pglite: PGlite): boolean {
  const module: unknown = Reflect.get(pglite, 'Module')
  const nodefs = isObject(module) ? module['NODEFS'] : undefined
  const operations = isObject(nodefs) ? nodefs['stream_ops'] : undefined
  if (!isObject(operations)) return false
  operations['fsync'] = (stream: unknown): number => {
    fdatasyncSync(OpenFile.parse(stream).nfd)
    return 0
  }
  return true
}

function startParams(durable: boolean): string[] {
  const defaults = PGlite.defaultStartParams
  if (!durable) return [...defaults]
  return [...defaults.filter((param) => param !== '-F'), '-c', 'wal_sync_method=fsync']
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/**
 * Opens the embedded database, alone on its folder, and brings its schema up to date.
 *
 * @throws AppError `data_in_use` when another process has the folder open.
 */
export async function openPglite(options: PgliteOptions): Promise<Database> {
  const { folder } = options
  if (folder !== undefined) await mkdir(folder, { recursive: true, mode: 0o700 })
  const lock = folder === undefined ? undefined : await lockDirectory(folder, options.token)
  options.onLocked?.()
  try {
    const dataDir = folder === undefined ? undefined : join(folder, 'database')
    if (dataDir === undefined || !(await exists(dataDir))) options.onFirstStart?.()
    const pglite = await PGlite.create({
      ...(dataDir !== undefined && { dataDir }),
      ...(options.packed && { loadDataDir: options.packed }),
      startParams: startParams(dataDir !== undefined),
    })
    const durable = dataDir === undefined || addFsync(pglite)
    await migrate({
      run: async (sql) => (await pglite.exec(sql)).at(-1)?.rows ?? [],
    })
    const db = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) })
    return {
      db,
      engine: { kind: 'pglite', pglite },
      durable,
      close: async () => {
        await db.destroy()
        await lock?.release()
      },
    }
  } catch (error) {
    await lock?.release()
    throw error
  }
}
