import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { type AnswerBook, count, note, openBook } from './answer-book.ts'
import type { Ask } from './ask.ts'
import type { Visit } from './script.ts'
import { answerText, furtherTalk } from './talk.ts'

/** Something that a person said of a project and was told to be taken. */
export interface Said {
  /** The conversation that the project began with, by its external id. */
  conversation: string
  does: Visit['does']
  /** The id of the conversation that it became. */
  id: string
}

export interface People {
  acknowledged(): readonly Said[]
  answers(): Readonly<Record<string, number>>
  faults(): readonly string[]
  /** Resolves once everything is said or the signal has come. */
  done: Promise<void>
}

export interface PeopleOptions {
  /** The server's address. */
  url: string
  adminKey: string
  /** Asks the database past every fault: which project a conversation has. */
  ask: Ask
  visits: readonly Visit[]
  overMs: number
  atOnce: number
  signal: AbortSignal
}

interface Office extends Omit<PeopleOptions, 'visits' | 'overMs' | 'atOnce'> {
  book: AnswerBook
}

const Created = z.object({ conversationId: z.string() })
const Brief = z.object({
  version: z.number(),
  brief: z.object({ openQuestions: z.array(z.object({ id: z.string() })) }),
})

/** Codes that say to look again: a newer brief, a build under way, the same request under way. */
const passing: ReadonlySet<string> = new Set([
  'not_found',
  'brief_changed',
  'wrong_status',
  'request_in_progress',
])

async function call(
  { url, adminKey, book, signal }: Office,
  path: string,
  request?: { key: string; body: object },
) {
  const headers: Record<string, string> = { authorization: `Bearer ${adminKey}` }
  try {
    const response = await fetch(`${url}${path}`, {
      ...(request && { method: 'POST', body: JSON.stringify(request.body) }),
      headers: request
        ? { ...headers, 'content-type': 'application/json', 'idempotency-key': request.key }
        : headers,
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    })
    return await note(book, response, passing)
  } catch {
    count(book, 'no answer')
    return undefined
  }
}

/** Tries until something comes of it, with ever longer pauses. */
async function until<T>(signal: AbortSignal, once: () => Promise<T | undefined>) {
  for (let wait = 100; !signal.aborted; wait = Math.min(wait * 2, 1_500)) {
    const result = await once()
    if (result !== undefined) return result
    await delay(wait, undefined, { signal }).catch(() => undefined)
  }
  return undefined
}

async function projectOf({ ask }: Office, conversation: string): Promise<string | undefined> {
  const rows = await ask(
    `select p.id from projects p join conversations c on c.id = p.conversation_id
     where c.external_id = $1`,
    [conversation],
  ).catch(() => [])
  const id = rows[0]?.['id']
  return typeof id === 'string' ? id : undefined
}

/** Sends a further talk, the same one each time. */
async function talkOn(office: Office, { key, n }: Visit, project: string) {
  const body = { transcript: furtherTalk(n), project }
  return until(office.signal, async () => {
    const noted = await call(office, '/v1/conversations', { key, body })
    return noted?.taken === true ? Created.parse(JSON.parse(noted.text)).conversationId : undefined
  })
}

/** Answers what the newest brief asks first; where there is a newer one by then, what that one asks. */
async function answerOn(office: Office, { key, n }: Visit, project: string) {
  const answered = await until(office.signal, async () => {
    const read = await call(office, `/v1/projects/${project}/brief`)
    if (read?.taken !== true) return undefined
    const { version, brief } = Brief.parse(JSON.parse(read.text))
    const [open] = brief.openQuestions
    if (open === undefined) {
      office.book.faults.add(`brief ${version} of ${project} asks nothing`)
      return { id: undefined }
    }
    const answers = [{ question: open.id, text: answerText(n) }]
    const request = { key: `${key} ${version}`, body: { briefVersion: version, answers } }
    // The same words for as long as nobody knows what became of them.
    const sent = await until(office.signal, async () => {
      const noted = await call(office, `/v1/projects/${project}/answers`, request)
      if (noted?.taken === true) return { id: Created.parse(JSON.parse(noted.text)).conversationId }
      return noted?.code === 'brief_changed' ? 'newer' : undefined
    })
    return sent === 'newer' ? undefined : sent
  })
  return answered?.id
}

async function carryOut(office: Office, visit: Visit): Promise<Said | undefined> {
  const { conversation, does } = visit
  const project = await until(office.signal, () => projectOf(office, conversation))
  if (project === undefined) return undefined
  const id = await (does === 'talk' ? talkOn : answerOn)(office, visit, project)
  return id === undefined ? undefined : { conversation, does, id }
}

/**
 * People who go on with projects while other things happen: further talks and answers to what was
 * left open, each sent until it is taken, with the key that makes a repeat harmless.
 */
export function startPeople({ visits, overMs, atOnce, ...given }: PeopleOptions): People {
  const office: Office = { ...given, book: openBook() }
  const { book, signal } = office
  const said: Said[] = []
  const begun = performance.now()
  let next = 0
  async function lane(): Promise<void> {
    while (next < visits.length && !signal.aborted) {
      const index = next
      next += 1
      const visit = visits[index]
      if (visit === undefined) return
      const due = begun + (index / visits.length) * overMs - performance.now()
      if (due > 0) await delay(due, undefined, { signal }).catch(() => undefined)
      const done = await carryOut(office, visit)
      if (done !== undefined) said.push(done)
    }
  }
  return {
    acknowledged: () => said,
    answers: () => Object.fromEntries(book.answers),
    faults: () => [...book.faults],
    done: Promise.all(Array.from({ length: atOnce }, lane)).then(() => undefined),
  }
}
