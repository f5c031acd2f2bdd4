import { expect, it } from 'vitest'
import { openPostgres } from '../../src/store/open-postgres.ts'
import { onPostgres } from '../support/databases.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { commitDone, commitSent } from './faults.ts'

onPostgres('a commit that is cut', (url) => {
  it.each([
    { name: 'before the server has it', trap: commitSent, kept: 0 },
    { name: 'on the way back', trap: commitDone, kept: 1 },
  ])('fails at the caller, and has taken effect or not: $name', async ({ trap, kept }) => {
    const direct = new URL(url())
    const proxy = await startFaultProxy({
      target: { host: direct.hostname, port: Number(direct.port) },
    })
    const through = new URL(direct)
    through.port = String(proxy.port)
    const database = await openPostgres({
      connectionString: through.href,
      onError: () => undefined,
    })
    const id = crypto.randomUUID()
    const write = () =>
      database.db
        .transaction()
        .execute((tx) => tx.insertInto('workspaces').values({ id, name: 'cut' }).execute())
    const count = () =>
      database.db.selectFrom('workspaces').select('id').where('id', '=', id).execute()
    try {
      const armed = proxy.arm(trap)
      await expect(write()).rejects.toMatchObject({ retryable: true })
      await armed.sprung
      expect(await count()).toHaveLength(kept)
    } finally {
      await database.close()
      await proxy.stop()
    }
  })
})
