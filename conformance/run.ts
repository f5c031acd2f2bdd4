import { toAppError } from '../src/domain/errors.ts'
import { NotApplicable, type Case } from './case.ts'
import { answerCases } from './cases/answers.ts'
import { errorCases } from './cases/errors.ts'
import { orderCases } from './cases/orders.ts'
import { resultCases } from './cases/results.ts'
import { stopCases } from './cases/stops.ts'
import { webhookCases } from './cases/webhooks.ts'
import { startReceiver, type ReceiverOptions } from './receiver.ts'
import { makeScene } from './scene.ts'
import { Finding, targetAt } from './target.ts'

export const allCases: readonly Case[] = [
  ...errorCases,
  ...orderCases,
  ...webhookCases,
  ...resultCases,
  ...answerCases,
  ...stopCases,
]

export interface CaseResult {
  name: string
  outcome: 'passed' | 'failed' | 'skipped'
  /** What is wrong, or why nothing can be said. */
  reason?: string
}

export interface SuiteOptions {
  url: string
  key: string
  receiver: ReceiverOptions
  /** How long a build may take. */
  timeoutMs: number
  /** Hears of each result as it comes. */
  told?: (result: CaseResult) => void
}

function explain(name: string, thrown: unknown): CaseResult {
  if (thrown instanceof NotApplicable) return { name, outcome: 'skipped', reason: thrown.message }
  if (thrown instanceof Finding) return { name, outcome: 'failed', reason: thrown.message }
  const { message, cause } = toAppError(thrown)
  const root = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  const detail = root instanceof Error && root.message !== message ? ` (${root.message})` : ''
  return { name, outcome: 'failed', reason: `It could not be asked: ${message}${detail}` }
}

/** Tests an implementer of the build API from the outside; gives one result for each case. */
export async function runSuite(options: SuiteOptions): Promise<CaseResult[]> {
  await using receiver = await startReceiver(options.receiver)
  const scene = makeScene(targetAt(options.url, options.key), receiver, options.timeoutMs)
  const results: CaseResult[] = []
  for (const { name, run } of allCases) {
    const result = await run(scene).then(
      (): CaseResult => ({ name, outcome: 'passed' }),
      (thrown: unknown) => explain(name, thrown),
    )
    results.push(result)
    options.told?.(result)
  }
  return results
}
