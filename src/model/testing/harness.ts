import { z } from 'zod'
import { AppError } from '../../domain/errors.ts'
import { silentLog } from '../../domain/log.ts'
import { parseModelLinks } from '../../domain/model-links.ts'
import { createModels, type Models, type ModelsOptions } from '../create-models.ts'
import type { LanguageModel, ModelCall, ModelUsage, PlannedCall } from '../language-model.ts'
import type { ModelServer } from './model-server.ts'

export const testKey = 'sk-canary-5e1f0d7c'

/** A model for each way in which a provider is spoken to. */
export const ways = [
  'openai/model-a',
  'openai/model-b chat',
  'anthropic/claude-sonnet-4-5',
  'compatible/model-c',
  'compatible/model-d plain',
] as const
/** Models that are asked otherwise: with reasoning, or without structured output. */
export const otherWays = [
  'openai/gpt-6.2-sol',
  'openai/gpt-5 chat',
  'anthropic/claude-3-haiku-20240307',
] as const
export const servedModels = [...ways, ...otherWays].map((way) =>
  way.replace(/^\w+\//, '').replace(/ .*/, ''),
)

export const Sum = z.object({
  parts: z.array(z.int().max(100)).max(9),
  sum: z.int(),
  note: z.string().nullable(),
})
export type Sum = z.infer<typeof Sum>
export const goodSum = '{"parts":[2,3],"sum":5,"note":null}'

export interface Booked {
  planned: PlannedCall[]
  used: ModelUsage[]
}

/** A call for a small sum, with what the meter was asked and told. */
export function sumCall(over: Partial<ModelCall<Sum>> = {}): ModelCall<Sum> & Booked {
  const planned: PlannedCall[] = []
  const used: ModelUsage[] = []
  return {
    prompt: { id: 'sum', version: 'v1' },
    instructions: 'Add the numbers up.',
    input: 'Two and three, said the canary-talk.',
    schema: Sum,
    check: ({ parts, sum }) =>
      parts.reduce((all, one) => all + one, 0) === sum ? [] : [`sum: is not that of the parts`],
    maxOutputTokens: 500,
    onCall: async (call) => {
      planned.push(call)
      return async (usage) => {
        used.push(usage)
      }
    },
    planned,
    used,
    ...over,
  }
}

/** Models of a test server, as TALKWRIGHT_MODELS would name them. */
export function modelsAt(
  { url }: Pick<ModelServer, 'url'>,
  text: string,
  over: Partial<ModelsOptions> = {},
): Models {
  const access = { apiKey: testKey, baseUrl: url }
  return createModels({
    ...parseModelLinks(text),
    access: { openai: access, anthropic: access, compatible: access },
    fetch,
    clock: () => new Date(),
    log: silentLog,
    ...over,
  })
}

export function modelAt(...args: Parameters<typeof modelsAt>): LanguageModel {
  const { model } = modelsAt(...args)
  if (model === undefined) throw new Error('No model is named.')
  return model
}

/** The error that a call ends with. */
export async function failureOf(answer: Promise<unknown>): Promise<AppError> {
  try {
    await answer
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown
    throw thrown
  }
  throw new Error('The call did not fail.')
}
