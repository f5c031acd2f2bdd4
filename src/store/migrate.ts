import { readdir, readFile } from 'node:fs/promises'
import { advisoryLocks } from './advisory-locks.ts'
import { AppError } from '../domain/errors.ts'
import { sha256 } from '../domain/json.ts'

/** Runs SQL text that may hold several statements; the one thing that migrations need of a driver. */
export interface SqlRunner {
  run(sql: string): Promise<Record<string, unknown>[]>
}

interface Migration {
  name: string
  sql: string
  checksum: string
}

const bootstrapFile = new URL('./bootstrap.sql', import.meta.url)
const migrationsFolder = new URL('../../supabase/migrations/', import.meta.url)

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(migrationsFolder)).filter((name) => /^\d{14}_\w+\.sql$/.test(name))
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(new URL(name, migrationsFolder), 'utf8')
      return { name, sql, checksum: await sha256(sql) }
    }),
  )
}

const record = `create schema if not exists talkwright;
create table if not exists talkwright.migrations (
  name text primary key, checksum text not null, applied_at timestamptz not null default now());
do $$ begin
  -- Asked first: the change needs a lock that every server would take at every start.
  if not (select relrowsecurity from pg_class where oid = 'talkwright.migrations'::regclass) then
    alter table talkwright.migrations enable row level security;
  end if;
end $$;`

/** Files in `supabase/migrations` name themselves `[0-9]{14}_[a-z_]+.sql`, so they are safe in SQL text. */
async function apply(runner: SqlRunner, migration: Migration): Promise<void> {
  await runner.run(`begin;
${migration.sql}
insert into talkwright.migrations (name, checksum) values ('${migration.name}', '${migration.checksum}');
commit;`)
}

/**
 * Brings the schema up to date and gives the names of the migrations that it applied. Each runs in
 * a transaction with its own record, so an interrupt cannot leave one half applied. The runner must
 * be one session: an advisory lock keeps two servers from migrating at once.
 *
 * @throws AppError `migration_changed` when a migration that was applied has changed since.
 */
export async function migrate(runner: SqlRunner): Promise<string[]> {
  await runner.run(`select pg_advisory_lock(${advisoryLocks.migrations})`)
  try {
    await runner.run(await readFile(bootstrapFile, 'utf8'))
    await runner.run(record)
    const rows = await runner.run('select name, checksum from talkwright.migrations')
    const applied = new Map(rows.map((row) => [row['name'], row['checksum']]))
    const fresh: string[] = []
    for (const migration of await readMigrations()) {
      const checksum = applied.get(migration.name)
      if (checksum === undefined) {
        await apply(runner, migration)
        fresh.push(migration.name)
      } else if (checksum !== migration.checksum) {
        throw new AppError(
          'migration_changed',
          `Migration ${migration.name} was changed after it had been applied. Put the file back as it was and add a new migration instead.`,
        )
      }
    }
    return fresh
  } catch (error) {
    await runner.run('rollback')
    throw error
  } finally {
    await runner.run(`select pg_advisory_unlock(${advisoryLocks.migrations})`)
  }
}
