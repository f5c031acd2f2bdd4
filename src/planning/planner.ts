import type { Brief } from '../domain/brief.ts'
import type { PlanDraft } from '../domain/plan.ts'
import type { CallEstimate, Meter } from '../model/language-model.ts'

/** The version of a plan that a new one follows, with the brief that it was made from. */
export interface PreviousPlan {
  brief: Brief
  draft: PlanDraft
}

export interface PlanInput {
  brief: Brief
  /** The id for `.config.kiro`; the same project keeps it over all versions of its plan. */
  specId: string
  /** What is still asked for keeps its numbers; what is not any more is retired. */
  previous?: PreviousPlan
}

/** Turns a brief into a Kiro spec. The offline planner and the model planner both stand behind it. */
export interface Planner {
  /** `offline`, or its models as `provider/model`, parted by ` > `, the preferred one first. */
  readonly name: string
  /**
   * @param meter what every model call on the way is asked of and told to; without one nothing is booked
   * @throws AppError `nothing_asked` when the brief holds nothing that could be built, and what the meter throws.
   */
  plan(input: PlanInput, signal?: AbortSignal, meter?: Meter): Promise<PlanDraft>
  /** What its model calls may take, for the estimate that people see before; absent where it calls none. */
  estimate?(brief: Brief): CallEstimate
}
