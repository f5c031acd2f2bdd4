import { assertNever } from '../domain/assert-never.ts'
import type { Log } from '../domain/log.ts'
import type { ModelLink, ModelLinks, ModelProvider } from '../domain/model-links.ts'
import { AppError } from '../domain/errors.ts'
import { type Breaker, withBreaker } from './breaker.ts'
import { createChain } from './chain.ts'
import type { Dialect } from './generate.ts'
import type { LanguageModel } from './language-model.ts'
import { createLink } from './link.ts'

export interface ProviderAccess {
  /** Empty where the server wants none. */
  apiKey: string
  baseUrl: string
}

export interface ModelsOptions extends ModelLinks {
  access: Readonly<Partial<Record<ModelProvider, ProviderAccess>>>
  fetch: typeof globalThis.fetch
  clock: () => Date
  log: Log
  /** For one call, from asking to the last byte; `defaultTimeoutMs` when absent. */
  timeoutMs?: number
}

export interface Models {
  /** Absent: no model is asked of anything. */
  model: LanguageModel | undefined
  /** Whether the offline way carries on where no model gave an answer, or is the only one. */
  offline: boolean
  /** One for each model of the chain. */
  breakers: readonly Breaker[]
}

/** Node's own fetch gives up after 300 seconds without a header; so we say it first. */
export const defaultTimeoutMs = 290_000

const facts: Readonly<
  Record<ModelProvider, { label: string; setting: string; contextTokens: number }>
> = {
  openai: { label: 'OpenAI', setting: 'OPENAI', contextTokens: 128_000 },
  anthropic: { label: 'Anthropic', setting: 'ANTHROPIC', contextTokens: 200_000 },
  // Model servers are often started with less than the model could take.
  compatible: { label: 'The model server', setting: 'COMPATIBLE', contextTokens: 32_000 },
}

function dialectOf({ provider, plain, chat }: ModelLink): Dialect {
  switch (provider) {
    case 'openai':
      return chat ? 'chat' : 'responses'
    case 'anthropic':
      return 'messages'
    case 'compatible':
      return plain ? 'plain' : 'compatible'
    default:
      return assertNever(provider)
  }
}

/** Addresses are written with the version or without; Anthropic's own tools leave it out. */
function versioned(provider: ModelProvider, baseUrl: string): string {
  const trimmed = baseUrl.replace(/\/{1,9}$/, '')
  const bare = provider === 'anthropic' || new URL(trimmed).pathname === '/'
  return bare && !/\/v\d+$/.test(trimmed) ? `${trimmed}/v1` : trimmed
}

function makeLink(options: ModelsOptions, link: ModelLink): ReturnType<typeof withBreaker> {
  const { provider, model } = link
  const { label, setting, contextTokens } = facts[provider]
  const access = options.access[provider]
  if (access === undefined) {
    throw new AppError('model_not_configured', `${provider}/${model} has no address or key.`)
  }
  const { apiKey, baseUrl } = access
  const made = createLink({
    provider,
    endpoint: {
      dialect: dialectOf(link),
      model,
      apiKey,
      baseUrl: versioned(provider, baseUrl),
    },
    asked: {
      label,
      model,
      key: apiKey,
      keySetting: `${setting}_API_KEY`,
      urlSetting: `${setting}_BASE_URL`,
    },
    contextTokens: link.contextTokens ?? contextTokens,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    fetch: options.fetch,
    clock: options.clock,
  })
  return withBreaker(made, options.clock)
}

/**
 * Makes the chain of models that the settings name, in their order, each behind a breaker. Nothing
 * is sent before the first call.
 *
 * @throws AppError `model_not_configured` when a link's provider has no access
 */
export function createModels(options: ModelsOptions): Models {
  const links = options.links.map((link) => makeLink(options, link))
  const [first, ...rest] = links
  return {
    breakers: links.map(({ breaker }) => breaker),
    model: first === undefined ? undefined : createChain([first, ...rest], options.log),
    offline: first === undefined || options.offline,
  }
}
