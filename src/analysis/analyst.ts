import type { Brief } from '../domain/brief.ts'
import type { Talk } from '../domain/turn.ts'
import type { CallEstimate, Meter } from '../model/language-model.ts'

/** Works out what a talk asked for. The offline analyst and the model analyst both stand behind it. */
export interface Analyst {
  /** `offline`, or its models as `provider/model`, parted by ` > `, the preferred one first. */
  readonly name: string
  /**
   * @param meter what every model call on the way is asked of and told to; without one nothing is booked
   * @throws AppError `language_unsupported` when it does not understand the talk's language;
   *   model analysts throw retryable errors of their provider, and what the meter throws.
   */
  analyse(talk: Talk, signal?: AbortSignal, meter?: Meter): Promise<Brief>
  /** What its model calls may take, for the estimate that people see before; absent where it calls none. */
  estimate?(talk: Talk): CallEstimate
}
