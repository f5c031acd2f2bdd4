import { pausingCodes } from '../../../src/domain/pausing-codes.ts'
import type { ProjectView, StageView } from '../../../src/http/views.ts'

/** Why a project stands where it stands. */
export interface ProjectFailure {
  message: string
  code?: string
  stage?: StageView['stage']
  /** What comes next, or what a person can do. */
  next?: string
}

function nextStep({ stage, failure }: StageView): string {
  if (failure?.again === true) return 'It is tried again by itself.'
  if (pausingCodes.has(failure?.code ?? '')) {
    return `Change what it names, then press “Run again” from the ${stage} on.`
  }
  return `Mend what it names, then press “Run again” from the ${stage} on.`
}

/** What went wrong in a project that does not go on, or is tried again; undefined where nothing did. */
export function failureOf({
  status,
  statusReason,
  stages,
}: ProjectView): ProjectFailure | undefined {
  // A stage that ran again from an earlier one leaves the later ones as they were.
  const failed = stages
    .filter(({ failure }) => failure !== undefined)
    .sort((a, b) => ((a.finishedAt ?? '') < (b.finishedAt ?? '') ? -1 : 1))
    .at(-1)
  const isAtRest = status === 'failed' || status === 'paused'
  if (failed?.failure !== undefined && (isAtRest || failed.failure.again)) {
    const { message, code } = failed.failure
    const words = isAtRest ? (statusReason ?? message) : message
    return { message: words, code, stage: failed.stage, next: nextStep(failed) }
  }
  return statusReason === null ? undefined : { message: statusReason }
}
