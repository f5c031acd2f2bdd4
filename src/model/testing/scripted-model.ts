import { AppError } from '../../domain/errors.ts'
import type { LanguageModel, ModelCall } from '../language-model.ts'

/** A call as the script sees it. */
export interface SentCall {
  prompt: string
  instructions: string
  input: string
  maxOutputTokens: number
  /** What was wrong with the answers so far; empty for the first. */
  faults: readonly string[][]
}

export interface ScriptedModel extends LanguageModel {
  readonly calls: SentCall[]
}

/**
 * A model at the port that answers as its script says, and keeps the port's promises: each answer is
 * parsed by the schema, checked, and sent back to be mended at most twice.
 */
export function scriptedModel(
  script: (call: SentCall) => unknown,
  { name = 'scripted/one', contextTokens = 200_000 } = {},
): ScriptedModel {
  const calls: SentCall[] = []
  return {
    name,
    contextTokens,
    calls,
    async answer<T>(call: ModelCall<T>, signal: AbortSignal) {
      const faults: string[][] = []
      for (;;) {
        signal.throwIfAborted()
        const { input, instructions, maxOutputTokens } = call
        const sent = {
          prompt: call.prompt.id,
          instructions,
          input,
          maxOutputTokens,
          faults: [...faults],
        }
        calls.push(sent)
        const parsed = call.schema.safeParse(script(sent))
        if (!parsed.success) throw new AppError('model_invalid_output', parsed.error.message)
        const found = [...call.check(parsed.data)]
        const repairs = faults.length
        if (found.length === 0 || repairs === 2) {
          const [provider = '', model = ''] = name.split('/')
          return { value: parsed.data, provider, model, repairs, faults: found }
        }
        faults.push(found)
      }
    },
  }
}
