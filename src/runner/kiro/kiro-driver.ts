import { type AcpOptions, exposedTo } from '../agents/acp-connection.ts'
import type { AgentDriver, AgentObserver, AgentOutcome } from '../agents/agent-driver.ts'
import type { KiroEngine } from '../../domain/agent-setting.ts'
import { defaultKiroSettings } from '../options.ts'
import { driveChat } from './chat-way.ts'
import type { KiroRun, WayOutcome } from './kiro-run.ts'
import { drivePrompts } from './prompt-way.ts'
import { driveSpec, v3Args } from './spec-way.ts'

/** A way to drive Kiro. */
interface Way {
  /** As the build's log says it. */
  title: string
  drive: (run: KiroRun) => Promise<WayOutcome>
  /** Goes on with what the way before has found to speak ACP. */
  needsAnswer?: true
}

const spec: Way = { title: 'Kiro’s own run of all tasks (V3)', drive: driveSpec }
const v3Prompts: Way = {
  title: 'a prompt for each task (V3)',
  drive: (run) => drivePrompts(run, v3Args),
  needsAnswer: true,
}
const v2Prompts: Way = {
  title: 'a prompt for each task (V2)',
  drive: (run) => drivePrompts(run, ['acp']),
}
const chat: Way = { title: 'a run of `kiro-cli chat` for each turn', drive: driveChat }

/** The ways of each engine, the best first. */
const waysOf: Record<KiroEngine, readonly Way[]> = {
  auto: [spec, v3Prompts, v2Prompts, chat],
  v3: [spec, v3Prompts],
  v2: [v2Prompts],
  chat: [chat],
}

/**
 * Drives Kiro by its command line, in the first way that the installed one can go; which one that is
 * stands in the build's log.
 */
export function createKiroDriver(options: AcpOptions): AgentDriver {
  const settings = { ...defaultKiroSettings, ...options.agent.kiro }
  return {
    name: options.agent.name,
    afterRestart: 'goes_on',
    exposed: exposedTo(options.agent),
    run: (job, observer, signal) =>
      drive({ options, settings, job, observer, signal, spend: countSpending(observer) }),
  }
}

/** One account for all sessions and processes of a build. */
function countSpending(observer: AgentObserver): KiroRun['spend'] {
  const totals = new Map<string, number>()
  return (amount, unit) => {
    const total = (totals.get(unit) ?? 0) + amount
    totals.set(unit, total)
    observer.spent(`kiro ${unit}`, { amount: total, currency: `${unit}s` })
    observer.log('runner', `Kiro spent ${amount.toFixed(2)} ${unit}s.`)
  }
}

async function drive(run: KiroRun): Promise<AgentOutcome> {
  const { log } = run.observer
  const reasons: string[] = []
  let answers = false
  for (const way of waysOf[run.settings.engine]) {
    if (way.needsAnswer && !answers) continue
    log('runner', `Kiro is driven by ${way.title}.`)
    const outcome = await way.drive(run)
    if (outcome.type !== 'unable') return outcome
    answers = outcome.answers
    reasons.push(`${way.title}: ${outcome.reason}`)
    log('runner', `That cannot be done: ${outcome.reason}`)
  }
  const message = `This kiro-cli cannot be driven. ${reasons.join(' ')}`
  return { type: 'failed', code: 'agent_error', message }
}
