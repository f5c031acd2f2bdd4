import { z } from 'zod'
import type { ModelUsage } from './language-model.ts'

export type TokensUsed = Pick<
  ModelUsage,
  | 'counted'
  | 'inputTokens'
  | 'cachedInputTokens'
  | 'cacheWriteTokens'
  | 'outputTokens'
  | 'reasoningTokens'
>

const Count = z.int().nonnegative()
const optional = Count.nullish().catch(undefined)

const InputDetails = z
  .object({ cached_tokens: optional, cache_write_tokens: optional })
  .nullish()
  .catch(undefined)
const OutputDetails = z
  .object({ reasoning_tokens: optional, thinking_tokens: optional })
  .nullish()
  .catch(undefined)

/** The three shapes in one: Responses and Messages share the names that Chat Completions has others for. */
const Body = z.object({
  usage: z.object({
    input_tokens: optional,
    prompt_tokens: optional,
    output_tokens: optional,
    completion_tokens: optional,
    cache_read_input_tokens: optional,
    cache_creation_input_tokens: optional,
    input_tokens_details: InputDetails,
    prompt_tokens_details: InputDetails,
    output_tokens_details: OutputDetails,
    completion_tokens_details: OutputDetails,
  }),
})

/** A call that took nothing (`counted`) or of which nobody knows what it took. */
export function noTokens(counted: boolean): TokensUsed {
  return {
    counted,
    inputTokens: 0,
    cachedInputTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
  }
}

/**
 * What the body of an answer says that it took, whether or not the answer is of use; undefined when
 * it says nothing. Anthropic counts what comes from the cache or goes into it beside the input, the
 * others count it within.
 */
export function readTokensUsed(body: unknown): TokensUsed | undefined {
  const { data } = Body.safeParse(body)
  if (data === undefined) return undefined
  const { usage } = data
  const input = usage.input_tokens ?? usage.prompt_tokens
  const output = usage.output_tokens ?? usage.completion_tokens
  if (typeof input !== 'number' || typeof output !== 'number') return undefined
  const within = usage.input_tokens_details ?? usage.prompt_tokens_details
  const made = usage.output_tokens_details ?? usage.completion_tokens_details
  const besides = [usage.cache_read_input_tokens ?? 0, usage.cache_creation_input_tokens ?? 0]
  const [read = 0, written = 0] = besides
  return {
    counted: true,
    inputTokens: input + read + written,
    cachedInputTokens: read + (within?.cached_tokens ?? 0),
    cacheWriteTokens: written + (within?.cache_write_tokens ?? 0),
    outputTokens: output,
    reasoningTokens: made?.reasoning_tokens ?? made?.thinking_tokens ?? 0,
  }
}
