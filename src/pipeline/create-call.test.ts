import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { adminKey, startTestServer } from '../../test/support/server.ts'
import { AppError } from '../domain/errors.ts'
import type { ConversationCreatedView } from '../http/views.ts'
import { createTavusClient, type TavusClient } from '../sources/tavus/client.ts'
import { startTavusServer, type TavusServerOptions } from '../sources/testing/tavus-server.ts'
import { getConversation, insertConversation } from '../store/conversations.ts'
import { createCall } from './create-call.ts'
import type { PipelineDeps } from './deps.ts'
import { tavusSource } from './tavus-webhooks.ts'

const tavusKey = 'a-key-for-tests'

onEveryDatabase('a call that is created', (database) => {
  it('is the conversation that its first webhook has made already, with what was wished for it', async () => {
    const refuse = async (): Promise<never> => {
      throw new AppError('not_asked', 'The test asks for no such thing.')
    }
    const tavus: TavusClient = {
      createConversation: async () => {
        const { workspaceId } = server
        const joined = { id: joinedId, workspaceId, source: tavusSource, externalId: 'c-quick' }
        await insertConversation(database().db, { ...joined, title: null, approval: 'manual' })
        const conversationUrl = 'https://tavus.daily.co/c-quick'
        return { conversationId: 'c-quick', conversationUrl, status: 'active' }
      },
      getConversation: refuse,
      endConversation: refuse,
      findCall: refuse,
    }
    const joinedId = crypto.randomUUID()
    const server = await startTestServer(database(), { tavus, worker: false })
    try {
      const { conversationId } = await createCall(server.pipeline, {
        workspaceId: server.workspaceId,
        palId: 'pal-1',
        title: 'A call',
        approval: 'auto',
        callbackUrl: 'http://localhost/x',
      })
      expect(conversationId).toBe(joinedId)
      const row = await getConversation(database().db, joinedId)
      expect(row).toMatchObject({ title: 'A call', approval: 'auto' })
    } finally {
      await server.stop()
    }
  })
})

onEveryDatabase('a call that is ordered again after its answer was lost', (database) => {
  const open: AsyncDisposable[] = []
  afterEach(async () => {
    for (const resource of open.splice(0).toReversed()) await resource[Symbol.asyncDispose]()
    await database().db.deleteFrom('conversations').execute()
  })

  /** A server on a Tavus of its own, and a clock that the test moves. */
  async function start(options: TavusServerOptions = {}, timeoutMs = 500) {
    const remote = await startTavusServer(tavusKey, { concurrent: 9, ...options })
    open.push(remote)
    const time = { now: new Date() }
    const clock = () => time.now
    const tavus = createTavusClient({
      apiKey: tavusKey,
      baseUrl: remote.baseUrl,
      fetch,
      clock,
      timeoutMs,
    })
    const server = await startTestServer(database(), { tavus, worker: false, clock })
    open.push({ [Symbol.asyncDispose]: () => server.stop() })
    const create = (key: string | undefined, more: object = {}) =>
      server.app.request('/v1/conversations', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${adminKey}`,
          'content-type': 'application/json',
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        body: JSON.stringify({ tavus: { palId: 'pal-1' }, title: 'A call', ...more }),
      })
    const later = (ms: number) => {
      time.now = new Date(time.now.getTime() + ms)
    }
    const asked = (method: string) => remote.requests.filter((one) => one.method === method).length
    return { remote, server, create, later, asked }
  }

  it.each(['cut', 'silence'] as const)('is the one that Tavus has made: %s', async (how) => {
    const { remote, create, asked } = await start()
    const key = randomUUID()
    remote.loseNext(how)
    const lost = await create(key, { approval: 'auto' })
    expect(lost.status).toBe(503)
    expect(remote.calls()).toEqual(['c1'])
    const repeated = await create(key, { approval: 'auto' })
    expect(repeated.status).toBe(201)
    const made = (await repeated.json()) as ConversationCreatedView
    expect(made).toMatchObject({ joinUrl: 'https://tavus.daily.co/c1', projectId: null })
    expect(await (await create(key, { approval: 'auto' })).json()).toEqual(made)
    expect([remote.calls(), asked('POST'), asked('GET')]).toEqual([['c1'], 1, 1])
    const row = await getConversation(database().db, made.conversationId)
    expect(row).toMatchObject({ external_id: 'c1', title: 'A call', approval: 'auto' })
  })

  it('is known again without Tavus when only our own answer was lost', async () => {
    const { server, remote } = await start()
    const { workspaceId, pipeline } = server
    const order = { id: randomUUID(), workspaceId, palId: 'pal-1', callbackUrl: 'http://here/x' }
    const made = await createCall(pipeline, order)
    await remote[Symbol.asyncDispose]()
    expect(await createCall(pipeline, order)).toEqual(made)
  })

  it('is found at Tavus when what came of it could not be stored', async () => {
    const { server, remote } = await start()
    const { workspaceId, pipeline } = server
    const order = { id: randomUUID(), workspaceId, palId: 'pal-1', callbackUrl: 'http://here/x' }
    const broken = () => {
      throw new Error('The connection to the database was lost.')
    }
    await expect(createCall({ ...pipeline, id: broken }, order)).rejects.toThrow('lost')
    const { joinUrl } = await createCall(pipeline, order)
    expect([joinUrl, remote.calls()]).toEqual(['https://tavus.daily.co/c1', ['c1']])
  })

  it('is made anew only when Tavus can no longer be at work on the first order', async () => {
    const { remote, create, later, asked } = await start()
    const key = randomUUID()
    remote.next((response) => response.destroy())
    expect((await create(key)).status).toBe(503)
    later(20_000)
    const early = await create(key)
    expect(await early.json()).toMatchObject({ code: 'tavus_unsettled' })
    expect(early.headers.get('retry-after')).toBe('40')
    expect(asked('POST')).toBe(1)
    later(40_001)
    expect((await create(key)).status).toBe(201)
    expect(remote.calls()).toEqual(['c1'])
  })

  const emptyList = '{"data":[],"total_count":0}'

  it('is made once when two ask for it again and neither finds it', async () => {
    const { server, remote, later } = await start({}, 30_000)
    const { workspaceId, pipeline } = server
    const order = { id: randomUUID(), workspaceId, palId: 'pal-1', callbackUrl: 'http://here/x' }
    remote.next((response) => response.destroy())
    await expect(createCall(pipeline, order)).rejects.toMatchObject({ code: 'tavus_unreachable' })
    later(61_000)
    const looking: ServerResponse[] = []
    const answerBoth = (response: ServerResponse) => {
      looking.push(response)
      if (looking.length === 2) for (const one of looking) one.end(emptyList)
    }
    remote.next(answerBoth)
    remote.next(answerBoth)
    const asked = await Promise.allSettled([
      createCall(pipeline, order),
      createCall(pipeline, order),
    ])
    const refused = asked.filter((one) => one.status === 'rejected')
    expect(refused).toMatchObject([{ reason: { code: 'tavus_unsettled' } }])
    expect(remote.calls()).toEqual(['c1'])
  })

  it('is given its time from when it was ordered, however long the look before took', async () => {
    const { remote, create, later, asked } = await start()
    const key = randomUUID()
    const lost = (response: ServerResponse) => response.destroy()
    remote.next(lost)
    expect((await create(key)).status).toBe(503)
    later(61_000)
    remote.next((response) => {
      later(50_000)
      response.end(emptyList)
    })
    remote.next(lost)
    expect((await create(key)).status).toBe(503)
    later(20_000)
    const early = await create(key)
    expect(await early.json()).toMatchObject({ code: 'tavus_unsettled' })
    expect(early.headers.get('retry-after')).toBe('40')
    expect(asked('POST')).toBe(2)
  })

  it('is made at once when Tavus had refused the first order', async () => {
    const { remote, create, asked } = await start()
    const key = randomUUID()
    remote.next((response) => {
      response.writeHead(429, { 'retry-after': '7' }).end('{"message":"Slow down"}')
    })
    expect((await create(key)).status).toBe(503)
    expect((await create(key)).status).toBe(201)
    expect([remote.calls(), asked('GET')]).toEqual([['c1'], 0])
  })

  it('is not mistaken for the call of another order', async () => {
    const { remote, create, later } = await start()
    const [one, other] = [randomUUID(), randomUUID()]
    remote.loseNext('cut')
    expect((await create(one)).status).toBe(503)
    remote.next((response) => response.destroy())
    expect((await create(other)).status).toBe(503)
    later(61_000)
    const urls: unknown[] = []
    for (const key of [other, one]) {
      urls.push(((await (await create(key)).json()) as ConversationCreatedView).joinUrl)
    }
    expect(urls).toEqual(['https://tavus.daily.co/c2', 'https://tavus.daily.co/c1'])
  })

  it('is made once, whatever happens to how many orders of it', async () => {
    const happens = fc.constantFrom(
      'cut before',
      'cut after',
      'refused',
      'unavailable',
      'not stored',
    )
    const pause = fc.constantFrom(0, 30_000, 61_000)
    const { server, remote, later } = await start({ concurrent: 1_000 })
    const { workspaceId, pipeline } = server
    const broken = () => {
      throw new Error('The connection to the database was lost.')
    }
    const answers = {
      'cut before': () => remote.next((response) => response.destroy()),
      'cut after': () => remote.loseNext('cut'),
      refused: () => remote.next((response) => response.writeHead(400).end('{}')),
      unavailable: () => remote.next((response) => response.writeHead(503).end('{}')),
      'not stored': () => undefined,
    } as const
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(happens, pause), { maxLength: 5 }), async (course) => {
        const order = {
          id: randomUUID(),
          workspaceId,
          palId: 'pal-1',
          callbackUrl: 'http://here/x',
        }
        const before = remote.calls().length
        const urls = new Set<string>()
        const tryOnce = async (deps: PipelineDeps) => {
          try {
            urls.add((await createCall(deps, order)).joinUrl)
          } catch {
            // What a caller is told of this is for the other tests.
          }
        }
        for (const [what, ms] of course) {
          answers[what]()
          await tryOnce(what === 'not stored' ? { ...pipeline, id: broken } : pipeline)
          remote.dropAnswers()
          later(ms)
        }
        later(61_000)
        await createCall(pipeline, order).then(({ joinUrl }) => urls.add(joinUrl))
        expect([remote.calls().length - before, urls.size]).toEqual([1, 1])
      }),
      { numRuns: 40 },
    )
  })
})
