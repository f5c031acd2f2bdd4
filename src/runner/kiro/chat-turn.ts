import { followSession } from '../agents/session-follower.ts'
import { type AgentOutcome, whenStopped } from '../agents/agent-driver.ts'
import type { Exit } from '../process/child-process.ts'
import { LineSplitter } from '../process/line-splitter.ts'
import { cleanLine, joinLines } from '../process/log-text.ts'
import type { KiroRun } from './kiro-run.ts'
import { asksForLogin, loginNeeded } from './login.ts'
import { readStreamLine, type StreamLine } from './stream-json.ts'

/** What one run of `kiro-cli chat` came to. */
export interface ChatTurn {
  outcome: AgentOutcome
  /** To go on with in the next run. */
  sessionId?: string
  /** It said anything in the format that it was asked for. */
  spoke: boolean
}

/** What a run has said so far. */
interface Heard {
  sessionId?: string
  finished?: Extract<StreamLine, { type: 'runFinished' }>['data']
  error?: Extract<StreamLine, { type: 'runError' }>['data']
  spoke: boolean
  denied: number
  wantsLogin: boolean
  lastWords: string
}

/**
 * Runs `kiro-cli` once with these arguments and follows its JSON lines. That it exits with 0 says
 * nothing: it does so with an invalid key too. It has to say that it finished.
 */
export async function chatOnce(run: KiroRun, args: readonly string[]): Promise<ChatTurn> {
  const { options, job, observer, signal } = run
  const { agent, graceMs } = options
  const heard: Heard = { spoke: false, denied: 0, wantsLogin: false, lastWords: '' }
  const follower = followSession(job.workspace, observer)
  observer.turn()
  const group = job.start(
    {
      command: agent.command,
      args: [...agent.args, ...args],
      cwd: job.workspace,
      env: { ...job.env, ...agent.env },
    },
    graceMs,
  )
  group.stdin.end()
  for (const stream of [group.stdout, group.stderr]) {
    stream.on('data', (chunk: Buffer | string) => observer.received(chunk.length))
  }
  const hear = (text: string) => {
    const line = readStreamLine(text)
    if (line === undefined) hearWords(cleanLine(text), heard, run)
    else if (line.type === 'sessionUpdate') {
      heard.sessionId = line.data.sessionId
      heard.spoke = true
      follower.update(line.data)
    } else take(line, heard, run)
    observer.active()
  }
  followLines(group.stdout, group.stderr, hear, (text) => hearWords(text, heard, run))
  try {
    const end = await Promise.race([group.exited, whenStopped(signal)])
    follower.flush()
    if (heard.denied > 0) {
      observer.log('runner', `Kiro was denied ${heard.denied} tools: nobody is there to be asked.`)
    }
    const outcome = end.type === 'exited' || end.type === 'not_started' ? judge(heard, end) : end
    const { sessionId, spoke } = heard
    return { outcome, spoke, ...(sessionId !== undefined && { sessionId }) }
  } finally {
    await group.end()
  }
}

function followLines(
  stdout: NodeJS.ReadableStream,
  stderr: NodeJS.ReadableStream,
  line: (text: string) => void,
  words: (text: string) => void,
): void {
  const splitter = new LineSplitter()
  stdout.on('data', (chunk: Buffer) => splitter.push(chunk).forEach(line))
  stdout.once('close', () => splitter.flush().forEach(line))
  stdout.on('error', () => undefined)
  const joiner = joinLines()
  stderr.setEncoding('utf8')
  stderr.on('data', (chunk: string) => joiner.push(chunk).forEach(words))
  stderr.once('close', () => joiner.flush().forEach(words))
  stderr.on('error', () => undefined)
}

/** Takes in what is not of the format: Kiro's own words, never a model's. */
function hearWords(text: string, heard: Heard, { observer }: KiroRun): void {
  if (text.trim() === '') return
  heard.lastWords = text
  if (/\[denied\]/i.test(text)) heard.denied += 1
  if (asksForLogin(text)) heard.wantsLogin = true
  observer.active()
  observer.log('agent', text)
}

function take(
  line: Exclude<StreamLine, { type: 'sessionUpdate' }>,
  heard: Heard,
  { observer, spend }: KiroRun,
): void {
  heard.spoke = true
  switch (line.type) {
    case 'runStarted':
      break
    case 'metadata': {
      const [first] = line.data.meteringUsage
      const spent = line.data.meteringUsage.reduce((sum, { value }) => sum + value, 0)
      if (first) spend(spent, first.unit)
      break
    }
    case 'runFinished':
      heard.finished = line.data
      break
    case 'runError':
      heard.error = line.data
      observer.log('agent', line.data.message)
      break
    default:
      line satisfies never
  }
}

function judge(heard: Heard, exit: Exit): AgentOutcome {
  const { error, finished } = heard
  if (exit.type === 'not_started') {
    const message = `Kiro could not be started: ${exit.message}`
    return { type: 'failed', code: 'agent_not_started', message }
  }
  if (error) {
    if (/auth|login/i.test(error.stage) || asksForLogin(error.message)) return loginNeeded
    const message = `Kiro reports an error (${error.stage}): ${cleanLine(error.message, 1_000)}`
    return { type: 'failed', code: 'agent_error', message }
  }
  if (finished?.status === 'success') {
    return finished.stopReason === 'refusal'
      ? { type: 'failed', code: 'agent_refused', message: 'Kiro refused to go on.' }
      : { type: 'ended', stopReason: finished.stopReason }
  }
  if (heard.wantsLogin) return loginNeeded
  return { type: 'failed', code: 'agent_died', message: explainSilentExit(heard, exit) }
}

/** What Kiro's documented exit codes mean, beside 0 and 1. */
const exitCodes: Readonly<Record<number, string>> = {
  3: ' (an MCP server did not start)',
  4: ' (the agent that it was asked for does not exist)',
}

function explainSilentExit(
  { lastWords, finished }: Heard,
  { code, signal }: Extract<Exit, { type: 'exited' }>,
): string {
  const how = signal ? `by ${signal}` : `with exit code ${code}${exitCodes[code ?? 0] ?? ''}`
  const status = finished ? `and the status ${finished.status}` : 'without saying that it finished'
  const words = lastWords === '' ? '' : ` It said: ${lastWords.slice(0, 300)}`
  return `Kiro ended ${how} ${status}.${words}`
}
