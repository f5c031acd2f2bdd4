import { invalidInput } from './errors.ts'

const modelProviders = ['openai', 'anthropic', 'compatible'] as const
export type ModelProvider = (typeof modelProviders)[number]

/** One model in the order in which they are asked. */
export interface ModelLink {
  provider: ModelProvider
  model: string
  /** Tokens that fit into one call, input and output together; absent: the provider's usual size. */
  contextTokens?: number
  /** Asked for JSON in words, as the server cannot be held to a schema. */
  plain: boolean
  /** Asked over Chat Completions in place of Responses. */
  chat: boolean
}

export interface ModelLinks {
  links: readonly ModelLink[]
  /** Whether the offline way carries on when no link gave an answer. */
  offline: boolean
}

const mostLinks = 8
const smallestContext = 4_096

function wrong(part: string, what: string): Error {
  return invalidInput('bad_models', `"${part.slice(0, 80)}" ${what}`)
}

function isProvider(name: string): name is ModelProvider {
  return modelProviders.some((provider) => provider === name)
}

function parseContext(part: string, option: string): number {
  const tokens = Number(/^context=(\d{1,8})$/.exec(option)?.[1] ?? '0')
  if (tokens >= smallestContext) return tokens
  throw wrong(part, `must say context=NUMBER with at least ${smallestContext} tokens`)
}

function parseLink(part: string): ModelLink {
  const [name = '', ...options] = part.split(/\s+/)
  const [, provider = '', model = ''] = /^([a-z]+)\/([\w./:@+-]{1,120})$/.exec(name) ?? []
  if (!isProvider(provider)) {
    throw wrong(part, `must be PROVIDER/MODEL with ${modelProviders.join(', ')} as the provider`)
  }
  const link: ModelLink = { provider, model, plain: false, chat: false }
  for (const option of options) {
    if (option.startsWith('context=')) link.contextTokens = parseContext(part, option)
    else if (option === 'plain' && provider === 'compatible') link.plain = true
    else if (option === 'chat' && provider === 'openai') link.chat = true
    else {
      const known = 'context=NUMBER, chat (openai) and plain (compatible)'
      throw wrong(part, `has the option "${option.slice(0, 40)}"; there are ${known}`)
    }
  }
  return link
}

/**
 * Reads which models are asked, in this order and parted by commas, such as
 * `anthropic/claude-sonnet-5-5, compatible/qwen3:8b plain context=32000, offline`.
 *
 * @throws AppError `bad_models` that names the part that is wrong.
 */
export function parseModelLinks(text: string): ModelLinks {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const offline = parts.at(-1) === 'offline'
  const links = (offline ? parts.slice(0, -1) : parts).map((part) => {
    if (part === 'offline') throw wrong(part, 'must be the last one')
    return parseLink(part)
  })
  if (links.length > mostLinks) throw wrong(text, `names more than ${mostLinks} models`)
  const names = links.map(({ provider, model }) => `${provider}/${model}`)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw wrong(twice, 'is named twice')
  return { links, offline }
}

/** The models that are asked when a key is set and none is named; looked up on 2026-11-25. */
const usual = { anthropic: 'claude-sonnet-5-5', openai: 'gpt-6.2-sol' } as const

/**
 * What a set key alone amounts to: the usual model of its provider, Anthropic's before OpenAI's.
 * Without any key it is the offline way.
 */
export function usualModels(hasKey: Readonly<Record<keyof typeof usual, boolean>>): ModelLinks {
  const links = (['anthropic', 'openai'] as const)
    .filter((provider) => hasKey[provider])
    .map((provider) => ({ provider, model: usual[provider], plain: false, chat: false }))
  return { links, offline: links.length === 0 }
}
