import { assertNever } from '../../../src/domain/assert-never.ts'
import type { ProjectStatus } from '../../../src/domain/status.ts'
import { formatCost } from '../format/cost.ts'

/** What happens in a status, in a sentence. */
export function statusWords(status: ProjectStatus): string {
  switch (status) {
    case 'received':
      return 'The talk has come in.'
    case 'analysing':
      return 'Working out what the talk asked for.'
    case 'planning':
      return 'Writing the plan.'
    case 'awaiting_approval':
      return 'The plan waits for somebody to approve it.'
    case 'building':
      return 'The approved plan is being built.'
    case 'completed':
      return 'Built.'
    case 'failed':
      return 'A stage failed.'
    case 'cancelled':
      return 'Cancelled.'
    case 'paused':
      return 'Paused.'
    default:
      return assertNever(status)
  }
}

/** A source's name for people. */
export function sourceName(source: string): string {
  if (source === 'tavus') return 'Tavus call'
  if (source === 'upload') return 'Upload'
  return source
}

/** What the model calls of a project cost, as far as it is known. */
export function costWords({
  costUsd,
  unknownCalls,
}: {
  costUsd: string | null
  unknownCalls: number
}) {
  if (costUsd === null) return unknownCalls > 0 ? 'unknown' : '–'
  const amount = Number(costUsd)
  const words = amount > 0 && amount < 0.01 ? '< $0.01' : formatCost({ amount, currency: 'USD' })
  return unknownCalls > 0 ? `${words} or more` : words
}
