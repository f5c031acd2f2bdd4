import { setImmediate as nextTurn } from 'node:timers/promises'
import { RequestError } from '@agentclientprotocol/sdk'
import { AppError } from '../../domain/errors.ts'
import { type AcpConnection, type AcpExtension, openAcp } from '../agents/acp-connection.ts'
import { initialise } from '../agents/acp-session.ts'
import type { AgentObserver, AgentOutcome } from '../agents/agent-driver.ts'
import { withinGrace } from '../process/child-process.ts'
import { cleanLine } from '../process/log-text.ts'
import { type KiroHandshake, readHandshake } from './handshake.ts'
import type { KiroRun } from './kiro-run.ts'
import { asksForLogin, loginAdvice, loginNeeded } from './login.ts'
import { readTurnNews } from './spec-messages.ts'
import { type Turns, watchTurns } from './turns.ts'

/** What a way of driving Kiro does with what Kiro tells beside the standard. */
export interface KiroListener {
  /** The parameters of a `spec/taskStatusChanged`. */
  taskStatus?: (params: unknown) => void
  /** Awaited before a permission request is answered. */
  settled?: () => Promise<void>
}

/** A Kiro that runs, and the talk with it. */
export interface KiroConnection extends AcpConnection {
  /** Resolves when Kiro asks for a login, which nobody here can give; never rejects. */
  loginAsked: Promise<AgentOutcome>
  wantsLogin: () => boolean
  /** Agrees on the protocol; throws `agent_error` when Kiro stays silent or speaks another version. */
  start(): Promise<KiroHandshake>
  /** Does what makes Kiro repeat what it told before; the repeats are not followed. */
  withoutRepeats<T>(work: () => Promise<T>): Promise<T>
  /** Forgets the turns that ended before; call it before what starts the next one. */
  beginTurn(): void
  /** The reason why the first turn of one of these sessions ended; rejects when Kiro is gone. */
  untilTurnEnds(sessionIds: ReadonlySet<string>): Promise<string>
  /** The error that Kiro showed in this turn; empty when there was none. */
  trouble: () => string
  /** The last line of Kiro's own output before it answered; empty when there was none. */
  lastWords: () => string
}

/** What has been heard of Kiro. */
interface Heard {
  /** Before `initialize` is answered only the program speaks, after it a model may. */
  phase: 'starting' | 'repeating' | 'talking'
  turns: Turns
  lastWords: string
  trouble: string
  wantsLogin: boolean
  askForLogin: () => void
}

function silence(initMs: number): AppError {
  return new AppError('agent_error', `Kiro did not answer within ${Math.ceil(initMs / 1_000)} s.`)
}

/** The log, overheard for words about a login as long as they are the program's own. */
function overhear(observer: AgentObserver, heard: Heard): AgentObserver {
  return {
    active: () => observer.active(),
    changed: () => observer.changed(),
    spent: (session, cost) => observer.spent(session, cost),
    ask: (asked) => observer.ask(asked),
    turn: () => observer.turn(),
    received: (bytes) => observer.received(bytes),
    log(kind, text) {
      if (heard.phase === 'starting') {
        heard.lastWords = text
        if (asksForLogin(text)) heard.askForLogin()
      }
      observer.log(kind, text)
    },
  }
}

function followUpdate(params: unknown, heard: Heard, { observer, spend }: KiroRun): boolean {
  if (heard.phase === 'repeating') return false
  const news = readTurnNews(params)
  switch (news.type) {
    case 'ended':
      heard.turns.take(news)
      break
    case 'spent':
      spend(news.credits, news.unit)
      break
    case 'error':
      heard.trouble = cleanLine(news.message, 1_000)
      observer.log('agent', news.message)
      if (news.login) heard.askForLogin()
      break
    case 'none':
      break
    default:
      news satisfies never
  }
  return true
}

/** Kiro's own side of the protocol. Names are known by their ends: the namespace may not be known yet. */
function kiroExtension(heard: Heard, run: KiroRun, listener: KiroListener): AcpExtension {
  return {
    request(method) {
      if (method.endsWith('/terminal/shell_type')) return { shellType: 'bash' }
      if (!method.endsWith('/auth/getAccessToken')) return undefined
      heard.askForLogin()
      throw RequestError.authRequired(undefined, loginAdvice)
    },
    notification(method, params) {
      if (method.endsWith('/spec/taskStatusChanged')) listener.taskStatus?.(params)
      if (method.endsWith('/error/rate_limit'))
        run.observer.log('runner', 'Kiro is at a rate limit.')
    },
    update: (params) => followUpdate(params, heard, run),
    async beforePermission() {
      // Notifications that came in front of the request may be handed out behind it.
      await nextTurn()
      await listener.settled?.()
    },
  }
}

/** Starts `kiro-cli` with these arguments, never with `-v`, which writes between its messages. */
export function openKiro(
  run: KiroRun,
  args: readonly string[],
  listener: KiroListener = {},
): KiroConnection {
  const { options, job, settings } = run
  const login = Promise.withResolvers<AgentOutcome>()
  const heard: Heard = {
    phase: 'starting',
    turns: watchTurns(),
    lastWords: '',
    trouble: '',
    wantsLogin: false,
    askForLogin() {
      heard.wantsLogin = true
      login.resolve(loginNeeded)
    },
  }
  const observer = overhear(run.observer, heard)
  const agent = { ...options.agent, args: [...options.agent.args, ...args] }
  const extension = kiroExtension(heard, run, listener)
  const connection = openAcp({ ...options, agent }, job, observer, extension)
  return {
    ...connection,
    loginAsked: login.promise,
    wantsLogin: () => heard.wantsLogin,
    trouble: () => heard.trouble,
    lastWords: () => heard.lastWords,
    async start() {
      const answer = await withinGrace(initialise(connection.agent), settings.initMs)
      if (!answer) throw silence(settings.initMs)
      heard.phase = 'talking'
      return readHandshake(answer)
    },
    async withoutRepeats(work) {
      heard.phase = 'repeating'
      try {
        return await work()
      } finally {
        // An answer may be handed out before the notifications that came in front of it.
        await nextTurn()
        heard.phase = 'talking'
      }
    },
    beginTurn() {
      heard.trouble = ''
      heard.turns.begin()
    },
    untilTurnEnds: (sessionIds) =>
      Promise.race([heard.turns.until(sessionIds), whenGone(connection.closed)]),
  }
}

async function whenGone(closed: Promise<void>): Promise<never> {
  await closed
  await nextTurn()
  throw new Error('Kiro closed the connection.')
}
