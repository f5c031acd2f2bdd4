import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { describe, expect, it } from 'vitest'
import { onPostgres } from '../../test/support/databases.ts'
import { openPostgres } from './open-postgres.ts'
import { hasNoProjects } from './projects.ts'

/** Makes a role and a database that it owns, and gives its address. */
async function ownDatabase(superuser: string, rights: string): Promise<string> {
  const name = `app_${randomUUID().replaceAll('-', '')}`
  const client = new Client({ connectionString: superuser })
  await client.connect()
  await client.query(`create role ${name} login ${rights}`)
  await client.query(`create database ${name} owner ${name}`)
  await client.end()
  const url = new URL(superuser)
  url.username = name
  url.pathname = `/${name}`
  return url.href
}

const options = { onError: () => undefined, max: 2 }

onPostgres('opening a database', (url) => {
  it('works for a user who owns it and is no superuser', async () => {
    const connectionString = await ownDatabase(url(), 'createrole')
    const database = await openPostgres({ connectionString, ...options })
    expect(await hasNoProjects(database.db)).toBe(true)
    await database.close()
  })

  it('works when two servers start on it at once, and again later', async () => {
    const connectionString = await ownDatabase(url(), 'createrole')
    const open = () => openPostgres({ connectionString, ...options })
    const databases = await Promise.all([open(), open(), open()])
    for (const database of databases) await database.close()
    const later = await open()
    expect(await hasNoProjects(later.db)).toBe(true)
    await later.close()
  })
})

describe('opening a database that does not answer', () => {
  it('says so', async () => {
    const connectionString = 'postgres://nobody@127.0.0.1:9/none'
    await expect(openPostgres({ connectionString, ...options })).rejects.toMatchObject({
      code: 'database_unreachable',
      retryable: true,
    })
  })
})
