import { afterEach, describe, expect, it } from 'vitest'
import { type Following, LiveClient } from '../../client/index.ts'
import { startRedis } from '../../bench/support/redis.ts'
import { onPostgres } from '../support/databases.ts'
import { findRedis } from '../support/find-parts.ts'
import { adminKey } from '../support/server.ts'
import { type Program, type ProgramSettings, startProgram } from './start-program.ts'

/** So long that nothing here is found by a sweep. */
const never = 2_000_000_000

const patience = { timeout: 30_000 }
/** Both followers, each of the project and of the workspace. */
const everyone = (seqs: number[]) => [seqs, seqs, seqs, seqs]

const redis = findRedis(process.env)

onPostgres('two server processes on one database', (url) => {
  const ends: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end()
  })

  async function startTwo(settings: Partial<ProgramSettings>): Promise<[Program, Program]> {
    const start = async () => {
      const program = await startProgram({ url: url(), port: 0, sweepMs: never, ...settings })
      ends.push(() => program.stop())
      return program
    }
    return [await start(), await start()]
  }

  /** Follows a project and the workspace at one server; gives what was seen. */
  function follow(at: Program, project: string) {
    const client = new LiveClient({
      baseUrl: at.base,
      headers: () => ({ authorization: `Bearer ${adminKey}` }),
    })
    ends.push(async () => client.close())
    const seen = { project: [] as number[], workspace: [] as number[], news: 0 }
    const live = (start: (onConnection: (connection: string) => void) => Following) =>
      new Promise<void>((resolve) => {
        start((connection) => connection === 'live' && resolve())
      })
    const ready = Promise.all([
      live((onConnection) =>
        client.followProject(project, {
          onConnection,
          onEvents: (events) => seen.project.push(...events.map(({ seq }) => seq)),
        }),
      ),
      live((onConnection) =>
        client.followWorkspace({
          onConnection,
          onNews: () => (seen.news += 1),
          onEvents: (events, id) => {
            if (id === project) seen.workspace.push(...events.map(({ seq }) => seq))
          },
        }),
      ),
    ])
    return { seen, ready }
  }

  async function followAtBoth([one, other]: [Program, Program]) {
    const project = await one.makeProject()
    const followers = [follow(one, project), follow(other, project)]
    await Promise.all(followers.map(({ ready }) => ready))
    const seen = () => followers.flatMap((one) => [one.seen.project, one.seen.workspace])
    const news = () => followers.map((one) => one.seen.news > 0)
    return { project, seen, news }
  }

  /** Changes what stands in no project's log. */
  async function rename({ base }: Program) {
    const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ name: 'Renamed' })
    const answer = await fetch(`${base}/v1/workspace`, { method: 'PATCH', headers, body })
    expect(answer.status).toBe(200)
  }

  it('tell each other of commits over PostgreSQL', async () => {
    const [one, other] = await startTwo({})
    const { project, seen, news } = await followAtBoth([one, other])
    await one.write(project, 2)
    await other.write(project, 1)
    await one.write(project, 1)
    await expect.poll(seen, patience).toEqual(everyone([1, 2, 3, 4]))
    await rename(one)
    await expect.poll(news, patience).toEqual([true, true])
  })

  const missing = redis === undefined
  describe.skipIf(missing)(`with a Redis${missing ? ' (not installed)' : ''}`, () => {
    it('tell each other of commits over it, and find what was told while it was away', async () => {
      if (redis === undefined) throw new Error('There is no Redis on this machine.')
      const first = await startRedis(redis)
      const [one, other] = await startTwo({ busUrl: `redis://127.0.0.1:${first.port}` })
      const { project, seen, news } = await followAtBoth([one, other])
      await one.write(project, 2)
      await other.write(project, 1)
      await expect.poll(seen, patience).toEqual(everyone([1, 2, 3]))
      await rename(other)
      await expect.poll(news, patience).toEqual([true, true])
      await first.stop()
      await one.write(project, 1)
      await other.write(project, 1)
      const second = await startRedis(redis, first.port)
      ends.push(() => second.stop())
      await expect.poll(seen, patience).toEqual(everyone([1, 2, 3, 4, 5]))
    })
  })
})
