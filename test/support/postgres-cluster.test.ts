import { Client } from 'pg'
import { expect, it } from 'vitest'
import { findPostgres } from './find-parts.ts'
import { startPostgres } from './postgres-cluster.ts'

const binaries = findPostgres(process.env)

it.skipIf(binaries === undefined)(
  'keeps what was committed over a crash and is found at the same port again',
  async () => {
    const cluster = await startPostgres(binaries ?? '')
    try {
      const before = new Client({ connectionString: cluster.url })
      const lost = new Promise((resolve) => before.once('error', resolve))
      await before.connect()
      await before.query('create table kept (n int)')
      await before.query('insert into kept values (1)')
      await before.query('begin')
      await before.query('insert into kept values (2)')
      await cluster.crash()
      await lost
      expect(cluster.running()).toBe(false)
      await cluster.start()
      await cluster.start()
      const after = new Client({ connectionString: cluster.url })
      await after.connect()
      expect((await after.query('select n from kept')).rows).toEqual([{ n: 1 }])
      // More than a pipe holds: the server would stand still if nobody read its log.
      await after.query(`do $$ begin for n in 1..4000 loop raise log '%', repeat('x', 100);
        end loop; end $$`)
      await after.end()
    } finally {
      await cluster.stop()
    }
    expect(cluster.running()).toBe(false)
  },
)
