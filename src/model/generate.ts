import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import {
  generateText,
  jsonSchema,
  type ModelMessage,
  NoObjectGeneratedError,
  Output,
  wrapLanguageModel,
} from 'ai'
import { assertNever } from '../domain/assert-never.ts'
import type { WireSchema } from './wire-schema.ts'

/** How a provider is spoken to. */
export type Dialect = 'responses' | 'chat' | 'messages' | 'compatible' | 'plain'

export interface Endpoint {
  dialect: Dialect
  model: string
  baseUrl: string
  apiKey: string
}

export interface Turn {
  role: 'user' | 'assistant'
  content: string
}

export interface Question {
  /** Letters, digits, `-` and `_`. */
  name: string
  instructions: string
  turns: readonly Turn[]
  schema: WireSchema
  maxOutputTokens: number
}

export interface Generated {
  text: string
  end: 'stop' | 'length' | 'refused' | 'other'
  answeredBy?: string
}

function sdkModel({ dialect, model, baseUrl, apiKey }: Endpoint, fetch: typeof globalThis.fetch) {
  const settings = { baseURL: baseUrl, apiKey, fetch }
  switch (dialect) {
    case 'responses':
      return createOpenAI(settings).responses(model)
    case 'chat':
      return createOpenAI(settings).chat(model)
    case 'messages':
      return createAnthropic(settings)(model)
    case 'compatible':
    case 'plain':
      return createOpenAICompatible({
        baseURL: baseUrl,
        fetch,
        name: 'compatible',
        ...(apiKey !== '' && { apiKey }),
        supportsStructuredOutputs: true,
      })(model)
    default:
      return assertNever(dialect)
  }
}

/** The SDK writes its warnings to the process's error output; nobody there can act on them. */
function quiet(model: ReturnType<typeof sdkModel>) {
  return wrapLanguageModel({
    model,
    middleware: {
      specificationVersion: 'v4',
      wrapGenerate: async ({ doGenerate }) => ({ ...(await doGenerate()), warnings: [] }),
    },
  })
}

function endOf(finishReason: string): Generated['end'] {
  switch (finishReason) {
    case 'stop':
    case 'length':
      return finishReason
    case 'content-filter':
      return 'refused'
    default:
      return 'other'
  }
}

function inWords({ instructions, schema }: Question): string {
  return `${instructions}\n\nAnswer with one JSON object that fits this JSON Schema, and with nothing else:\n${JSON.stringify(schema)}`
}

/**
 * Asks a model once, over the AI SDK and the given `fetch`; what the SDK or `fetch` throw comes
 * through, but for an answer that is not JSON, which is given as it is.
 */
export async function generate(
  endpoint: Endpoint,
  question: Question,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<Generated> {
  const plain = endpoint.dialect === 'plain'
  const messages = question.turns.map(({ role, content }): ModelMessage => ({ role, content }))
  const settings = {
    model: quiet(sdkModel(endpoint, fetch)),
    instructions: plain ? inWords(question) : question.instructions,
    messages,
    maxOutputTokens: question.maxOutputTokens,
    // The job engine tries again, by Retry-After; nothing sleeps here while it holds a slot.
    maxRetries: 0,
    abortSignal: signal,
    // OpenAI would keep the answer for a month otherwise.
    providerOptions: { openai: { store: false } },
    // What is said in talks is nobody else's, whoever registers telemetry in this process.
    telemetry: { isEnabled: false, recordInputs: false, recordOutputs: false },
  }
  try {
    if (plain) {
      const { text, finishReason, response } = await generateText(settings)
      return { text, end: endOf(finishReason), answeredBy: response.modelId }
    }
    const schema = jsonSchema(question.schema)
    const output = Output.object({ schema, name: question.name })
    const result = await generateText({ ...settings, output })
    const { finishReason, response } = result
    const said = finishReason === 'stop' || result.text !== ''
    const text = said ? JSON.stringify(result.output) : ''
    return { text, end: endOf(finishReason), answeredBy: response.modelId }
  } catch (thrown) {
    if (!NoObjectGeneratedError.isInstance(thrown)) throw thrown
    return {
      text: thrown.text ?? '',
      end: endOf(thrown.finishReason ?? 'other'),
      ...(thrown.response !== undefined && { answeredBy: thrown.response.modelId }),
    }
  }
}
