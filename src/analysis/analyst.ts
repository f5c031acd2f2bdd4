import type { Brief } from '../domain/brief.ts'
import type { Talk } from '../domain/turn.ts'

/** Works out what a talk asked for. The offline analyst and the model analyst both stand behind it. */
export interface Analyst {
  readonly name: string
  /**
   * @throws AppError `language_unsupported` when it does not understand the talk's language;
   *   model analysts throw retryable errors of their provider.
   */
  analyse(talk: Talk, signal?: AbortSignal): Promise<Brief>
}
