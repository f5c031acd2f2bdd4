import { afterEach, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import type { Analyst } from '../analysis/analyst.ts'
import { createOfflineAnalyst } from '../analysis/offline/analyst.ts'
import { AppError } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import type { TavusClient } from '../sources/tavus/client.ts'
import { getBrief, latestBrief } from '../store/briefs.ts'
import { openLetters } from '../store/dead-letters.ts'
import { readEvents } from '../store/events.ts'
import { latestPlan } from '../store/plans.ts'
import { getProject } from '../store/projects.ts'
import { talkOf } from '../store/talks.ts'
import { answerQuestions } from './answer.ts'
import { cancel } from './cancel.ts'
import { createCall } from './create-call.ts'
import { redrive } from './redrive.ts'
import { retry } from './retry.ts'
import { uploadTranscript } from './upload.ts'

const transcript = `Agent: What do you need?
Client: We need an app for our library. Members can borrow books.
Agent: How long may a member keep a book?
Client: I'm not sure yet, we have to decide that.
Agent: Who pays for lost books?
Client: I'm not sure, we have to decide that too.`

const weeks = { question: 'O1', text: 'A member can keep a book for three weeks.' }
const pays = { question: 'O2', text: 'Members can pay for lost books.' }

/** The offline analyst, whose next attempts wait at a gate or fail. */
function moodyAnalyst() {
  const offline = createOfflineAnalyst()
  const moods: (() => Promise<void>)[] = []
  const analyst: Analyst = {
    name: 'moody',
    async analyse(talk) {
      await moods.shift()?.()
      return offline.analyse(talk)
    },
  }
  return {
    analyst,
    /** Holds the next attempt up; gives how to know that it came and how to let it go. */
    gate() {
      const [came, open] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      moods.push(async () => {
        came.resolve()
        await open.promise
      })
      return { came: came.promise, open: () => open.resolve() }
    },
    fail() {
      moods.push(async () => {
        throw new AppError('analyst_broken', 'The test has the analyst fail.')
      })
    },
  }
}

onEveryDatabase('a project about which more is said', (database) => {
  let server: TestServer | undefined
  afterEach(async () => {
    await server?.stop()
  })

  async function planned(overrides: { tavus?: TavusClient } = {}) {
    const mood = moodyAnalyst()
    const on = await startTestServer(database(), { analyst: mood.analyst, ...overrides })
    server = on
    const { db } = database()
    const { pipeline, workspaceId, ownerId: userId } = on
    const who: Principal = { userId, workspaceId, role: 'owner', via: 'session' }
    const { projectId } = await uploadTranscript(pipeline, { workspaceId, transcript })
    const id = projectId ?? ''
    const until = (version: number) =>
      on.until(id, ({ body }) => body.type === 'plan.ready' && body.version === version)
    await until(1)
    return {
      on,
      mood,
      who,
      id,
      until,
      answer: (one: typeof weeks) =>
        answerQuestions(pipeline, who, id, { briefVersion: 1, answers: [one] }),
      status: async () => (await getProject(db, id)).status,
      statements: async () => (await getBrief(db, id)).brief.items.map((item) => item.statement),
      versions: async () => [
        (await latestBrief(db, id))?.version,
        (await latestPlan(db, id))?.version,
      ],
    }
  }

  it('is analysed once with all of it when an answer comes while the last one is analysed', async () => {
    const { mood, answer, until, versions, statements, id } = await planned()
    const gate = mood.gate()
    await answer(weeks)
    await gate.came
    await answer(pays)
    gate.open()
    await until(2)
    expect(await versions()).toEqual([2, 2])
    expect(await statements()).toEqual(expect.arrayContaining([weeks.text, pays.text]))
    const told = await readEvents(database().db, id, 0, 1_000)
    expect(told.filter(({ body }) => body.type === 'brief.ready')).toHaveLength(2)
    await expect(answer(weeks)).rejects.toMatchObject({ code: 'brief_changed' })
  })

  it('takes one answer to a question, however many people give one at once', async () => {
    const { answer, until, versions } = await planned()
    const given = await Promise.allSettled([answer(weeks), answer(weeks), answer(weeks)])
    const refused = given.flatMap((one) =>
      one.status === 'rejected' ? [(one.reason as AppError).code] : [],
    )
    expect(given.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    for (const code of refused) expect(['question_answered', 'brief_changed']).toContain(code)
    await until(2)
    expect(await versions()).toEqual([2, 2])
  })

  it('keeps its versions when it is cancelled on the way, and goes on from them when it is retried', async () => {
    const { on, mood, who, id, answer, until, status, versions, statements } = await planned()
    const gate = mood.gate()
    await answer(weeks)
    await gate.came
    await cancel(on.pipeline, who, id)
    gate.open()
    await retry(on.pipeline, who, id, 'analyse')
    await until(2)
    expect(await status()).toBe('awaiting_approval')
    expect(await versions()).toEqual([2, 2])
    expect(await statements()).toContain(weeks.text)
  })

  it('fails with the last version in place, and makes the next when its letter is sent again', async () => {
    const { on, mood, who, id, answer, until, versions, statements } = await planned()
    mood.fail()
    await answer(weeks)
    await on.until(id, ({ body }) => body.type === 'alert.raised')
    expect(await versions()).toEqual([1, 1])
    const { workspaceId } = on
    const [letter] = await openLetters(database().db, { workspaceId }, 1)
    const sent = await redrive(on.pipeline, who, { ids: [letter?.id ?? ''], limit: 1 })
    expect(sent).toEqual({ redriven: 1, skipped: 0 })
    await until(2)
    expect(await versions()).toEqual([2, 2])
    expect(await statements()).toContain(weeks.text)
  })

  it('goes on after a failure by the next answer, which settles the letter', async () => {
    const { on, mood, id, answer, until, statements } = await planned()
    mood.fail()
    await answer(weeks)
    await on.until(id, ({ body }) => body.type === 'alert.raised')
    await answer(pays)
    await until(2)
    expect(await statements()).toEqual(expect.arrayContaining([weeks.text, pays.text]))
    const letters = await openLetters(database().db, { workspaceId: on.workspaceId }, 10)
    expect(letters.filter((letter) => letter.project_id === id)).toEqual([])
  })

  it('hears a Tavus call that goes on with it, once, however often its transcript comes', async () => {
    const call = `c-${crypto.randomUUID()}`
    const refuse = async (): Promise<never> => {
      throw new AppError('not_asked', 'The test asks for no such thing.')
    }
    const tavus: TavusClient = {
      createConversation: async () => ({
        conversationId: call,
        conversationUrl: `https://tavus.daily.co/${call}`,
        status: 'active',
      }),
      getConversation: refuse,
      endConversation: refuse,
      findCall: refuse,
    }
    const { on, id, until, versions } = await planned({ tavus })
    const { workspaceId } = on
    const callbackUrl = 'http://localhost/x'
    await createCall(on.pipeline, { workspaceId, palId: 'pal-1', callbackUrl, project: id })
    const ready = (content: string) =>
      on.tavus({
        event_type: 'application.transcription_ready',
        message_type: 'application',
        conversation_id: call,
        properties: {
          transcript: [
            { role: 'assistant', content: 'What else?' },
            { role: 'user', content },
          ],
        },
      })
    await Promise.all([1, 2, 3].map(() => ready('Members can rate books.')))
    await until(2)
    expect((await ready('Members can rate books, I said.')).status).toBe(202)
    const { db } = database()
    await expect
      .poll(async () => {
        const open = await db
          .selectFrom('webhook_inbox')
          .select('id')
          .where('external_id', '=', call)
          .where('handled_at', 'is', null)
          .execute()
        return open.length
      })
      .toBe(0)
    const { turns } = await talkOf(db, await getProject(db, id))
    expect(turns.map((turn) => turn.id)).toEqual(turns.map((_, index) => `t${index + 1}`))
    expect(turns.slice(-2).map(({ text }) => text)).toEqual([
      'What else?',
      'Members can rate books.',
    ])
    expect(await versions()).toEqual([2, 2])
  })
})
