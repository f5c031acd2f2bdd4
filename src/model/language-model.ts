import type { z } from 'zod'
import type { TokenRange } from '../domain/tokens.ts'

/** What one call to a provider took; also calls whose answer was of no use have one. */
export interface ModelUsage {
  /** `openai`, `anthropic`, or what a compatible server is called here. */
  provider: string
  /** The model that was asked for, and the one that the answer names, where it does. */
  model: string
  answeredBy?: string
  prompt: { id: string; version: string }
  /**
   * Whether the numbers below are what the provider counted. False after a dropped stream and from a
   * server that counts nothing; a call that was turned down (401, 429 …) took nothing, and that is known.
   */
  counted: boolean
  inputTokens: number
  /** Part of the input tokens. */
  cachedInputTokens: number
  /** Part of the input tokens: kept by the provider for later calls, which some take more for. */
  cacheWriteTokens: number
  outputTokens: number
  /** Part of the output tokens. */
  reasoningTokens: number
  ms: number
  outcome: 'used' | 'invalid' | 'refused' | 'cut_off' | 'empty' | 'failed'
  requestId?: string
}

/** A call to a provider that is about to be made. */
export interface PlannedCall {
  provider: string
  model: string
  prompt: { id: string; version: string }
  /** Instructions, input and schema, estimated by `estimateTokens`. */
  inputTokens: TokenRange
  maxOutputTokens: number
}

/** What several calls together may take, before anything is sent; repairs are not counted. */
export interface CallEstimate {
  calls: number
  inputTokens: TokenRange
  maxOutputTokens: number
}

/** Told once what a call took; awaited, and what it throws ends the whole call. */
export type Settle = (usage: ModelUsage) => Promise<void>

/** Watches over the calls of one stage of one project: asked before each, told after each. */
export interface Meter {
  /**
   * Called before each call to a provider, the repairs and the next links of the chain too, and
   * awaited; what it throws ends the whole call as it is, and nothing is sent. Gives what is to be
   * told of the call when it has ended, whatever came of it.
   *
   * @throws AppError `budget_exceeded`, `price_unknown`
   */
  onCall: (call: PlannedCall) => Promise<Settle>
}

/** Books nothing: for commands that belong to no project. */
export const noMeter: Meter = { onCall: async () => async () => undefined }

export interface ModelCall<T> extends Meter {
  /** What the prompt is called and its version, for the manifest and the bookings. */
  prompt: { id: string; version: string }
  /** The instructions; nothing of a talk is ever part of them. */
  instructions: string
  /** What the instructions are about: data, however it reads. */
  input: string
  /**
   * What the answer must be; the provider is told, and every answer is parsed by it again. An object
   * on top, every property required (`nullable` in place of `optional`), no maps: strict output
   * takes nothing else.
   */
  schema: z.ZodType<T>
  /** What is wrong with an answer of the right shape, in words that help to mend it; empty when nothing is. */
  check: (answer: T) => readonly string[]
  maxOutputTokens: number
}

export interface ModelAnswer<T> {
  value: T
  provider: string
  model: string
  /** How often the answer was sent back to be mended: 0 to 2. */
  repairs: number
  /** What was still wrong after the last repair, for the caller to drop and report; usually empty. */
  faults: readonly string[]
}

/** One link of the chain: a model of a provider. */
export interface LanguageModel {
  /** `openai/gpt-5.2`. */
  readonly name: string
  /** Tokens that fit into one call, input and output together. */
  readonly contextTokens: number
  /**
   * @throws what the meter throws; the signal's reason; or AppError, for good: `model_refused`,
   *   `model_cut_off`, `model_empty`, `model_invalid_output`, `model_input_too_long`,
   *   `model_unauthorised`, `model_unknown`, `model_out_of_credit`, `model_bad_request`,
   *   `model_bad_answer`; retryable, with `retryAfterSeconds` where the provider said so:
   *   `model_rate_limited`, `model_overloaded`, `model_timeout`, `model_disconnected`,
   *   `model_unavailable`.
   */
  answer<T>(call: ModelCall<T>, signal: AbortSignal): Promise<ModelAnswer<T>>
}

/** The provider that a model's or a chain's name begins with: what limits are set for. */
export function providerOf(name: string): string {
  return name.split('/')[0] ?? name
}
