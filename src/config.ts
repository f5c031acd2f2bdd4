import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { parseAgentSetting, usualAgent } from './domain/agent-setting.ts'
import { defaultBusy } from './domain/backlog.ts'
import { defaultSlots, noLimits, parseBusy, parseLimits, parseSlots } from './domain/capacity.ts'
import { defaultConnections, parseConnections } from './domain/connections.ts'
import { parseDeliverSetting } from './domain/deliver.ts'
import { AppError, invalidInput } from './domain/errors.ts'
import { type ModelProvider, parseModelLinks, usualModels } from './domain/model-links.ts'
import { publishedPrices } from './domain/price-table.ts'
import { parsePrices, type PriceList } from './domain/prices.ts'
import { defaultRates, parseRates } from './domain/rates.ts'
import { defaultRetention, parseRetention } from './domain/retention.ts'

const url = z.url({ protocol: /^https?$/ })
const secret = z.string().min(1)
/** Sent in a header; what a header cannot carry would be repeated in the error of whoever tries. */
const headerKey = z.string().regex(/^[!-~]+$/, 'must be printable ASCII without spaces')
/** Trusted: talks and keys are sent there. */
const modelUrl = url.refine((text) => !URL.parse(text)?.username && !URL.parse(text)?.password, {
  message: 'must not contain a user name or password; there is a setting for the key',
})

/** Whoever answers there says who somebody is, so it must be known to be them. */
const issuerUrl = modelUrl.refine(
  (text) =>
    text.startsWith('https:') ||
    ['localhost', '127.0.0.1', '[::1]'].includes(URL.parse(text)?.hostname ?? ''),
  'must begin with https://',
)

/** An address is kept with each build that went there, so it must not hold a password. */
const builderUrls = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim().replace(/\/+$/, '')))
  .pipe(z.array(modelUrl).min(1).max(100))
  .refine((urls) => new Set(urls).size === urls.length, 'names an address twice')

/** A setting with a grammar of its own; the parser's message says which part is wrong. */
function parsedBy<T>(parse: (text: string) => T) {
  return z.string().transform((text, context) => {
    try {
      return parse(text)
    } catch (error) {
      context.addIssue(error instanceof AppError ? error.message : 'cannot be read')
      return z.NEVER
    }
  })
}

/** An operator's own prices stand before the published ones. */
function allPrices(text: string): PriceList {
  return [parsePrices(text), publishedPrices]
}

const Environment = z.object({
  /** Handed on to the processes that we start; the rest of the environment is not. */
  PATH: z.string().default(''),
  HOME: z.string().default('/'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  /** `transaction` where DATABASE_URL leads to a pooler that gives a connection for a transaction only. */
  DATABASE_POOLER: z.enum(['none', 'transaction']).default('none'),
  /** Where the servers of one database tell each other of news; over PostgreSQL itself unless set. */
  TALKWRIGHT_BUS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://')
    .optional(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(500).default(10),
  TALKWRIGHT_SLOTS: parsedBy(parseSlots).default(defaultSlots),
  TALKWRIGHT_LIMITS: parsedBy(parseLimits).default(noLimits),
  /** Requests a minute of each key, user and address, and attempts to sign in of an address. */
  TALKWRIGHT_RATES: parsedBy(parseRates).default(defaultRates),
  /** Live connections open at once of each key, user and address. */
  TALKWRIGHT_CONNECTIONS: parsedBy(parseConnections).default(defaultConnections),
  /** How many proxies of our own stand before the server, each of which adds to X-Forwarded-For. */
  TALKWRIGHT_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  TALKWRIGHT_BUSY: parsedBy(parseBusy).default(defaultBusy),
  TALKWRIGHT_DATA: z.string().min(1).default('./data'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4870),
  TALKWRIGHT_URL: url.optional(),
  TALKWRIGHT_ADMIN_KEY: z.string().min(16, 'must have at least 16 characters').optional(),
  /** An API key, for the commands that ask a running server; the admin key unless set. */
  TALKWRIGHT_KEY: secret.optional(),
  /** The OpenID provider that people sign in at; without one they come by one-time links. */
  OIDC_ISSUER: issuerUrl.optional(),
  OIDC_CLIENT_ID: secret.optional(),
  OIDC_CLIENT_SECRET: secret.optional(),
  OIDC_SCOPES: z
    .string()
    .regex(/^[!-~]+( [!-~]+)*$/)
    .default('openid email profile'),
  /** Values of `acr` that stand for a second factor, beside `mfa` in `amr`. */
  OIDC_SECOND_FACTOR: z
    .string()
    .transform((text) => text.split(/[\s,]+/))
    .default([]),
  /** Whose access tokens are taken as bearer tokens: those of a Supabase project … */
  SUPABASE_URL: issuerUrl.optional(),
  /** … or of another issuer with such claims. */
  TOKEN_JWKS_URL: issuerUrl.optional(),
  TOKEN_ISSUER: z.string().min(1).optional(),
  TOKEN_AUDIENCE: z.string().min(1).optional(),
  /** `open`: whoever signs in gets a workspace of their own. */
  TALKWRIGHT_SIGN_UP: z.enum(['invited', 'open']).default('invited'),
  TALKWRIGHT_APPROVAL: z.enum(['auto', 'manual']).default('manual'),
  /** Who carries builds out. */
  TALKWRIGHT_AGENT: parsedBy(parseAgentSetting).default(usualAgent),
  /** Whether agents need a sandbox; `off` lets them run with all rights of the runner's user. */
  TALKWRIGHT_SANDBOX: z.enum(['auto', 'off', 'required']).default('auto'),
  /** Where the runner delivers what it has built. */
  TALKWRIGHT_DELIVER: parsedBy(parseDeliverSetting).optional(),
  TALKWRIGHT_DELIVER_TOKEN: headerKey.optional(),
  TALKWRIGHT_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  TALKWRIGHT_RETENTION: parsedBy(parseRetention).default(defaultRetention),
  /** What models cost that are not in the list, or cost something else here. */
  TALKWRIGHT_PRICES: parsedBy(allPrices).default([publishedPrices]),
  TAVUS_API_KEY: secret.optional(),
  TAVUS_BASE_URL: url.default('https://tavusapi.com'),
  /** The PAL that leads the calls which are begun on the page. */
  TAVUS_PAL_ID: z.string().min(1).max(200).optional(),
  /** Where Tavus's calls are held: the page shows no other place in a frame. */
  TAVUS_CALL_URL: url.default('https://tavus.daily.co'),
  TAVUS_CALLBACK_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  TALKWRIGHT_MODELS: parsedBy(parseModelLinks).optional(),
  OPENAI_API_KEY: headerKey.optional(),
  OPENAI_BASE_URL: modelUrl.default('https://api.openai.com/v1'),
  ANTHROPIC_API_KEY: headerKey.optional(),
  ANTHROPIC_BASE_URL: modelUrl.default('https://api.anthropic.com'),
  COMPATIBLE_API_KEY: headerKey.optional(),
  COMPATIBLE_BASE_URL: modelUrl.optional(),
  /** One or more build APIs, with commas between; a build goes to the least busy one. */
  KIRO_API_URL: builderUrls.optional(),
  KIRO_API_KEY: secret.optional(),
  KIRO_WEBHOOK_SECRET: z.string().startsWith('whsec_').optional(),
})

type Name = keyof typeof Environment.shape

/** What a model of each provider cannot be reached without. */
const needs = {
  openai: 'OPENAI_API_KEY',
  anthropic: 'ANTHROPIC_API_KEY',
  compatible: 'COMPATIBLE_BASE_URL',
} as const satisfies Record<ModelProvider, keyof typeof Environment.shape>

/** What each of these cannot do without. */
const together = [
  ['OIDC_ISSUER', ['OIDC_CLIENT_ID']],
  ['OIDC_CLIENT_ID', ['OIDC_ISSUER']],
  ['TOKEN_JWKS_URL', ['TOKEN_ISSUER', 'TOKEN_AUDIENCE']],
  ['TOKEN_ISSUER', ['TOKEN_JWKS_URL']],
] as const satisfies readonly (readonly [Name, readonly Name[]])[]

const Settings = Environment.check(({ value, issues }) => {
  for (const { provider, model } of value.TALKWRIGHT_MODELS?.links ?? []) {
    if (value[needs[provider]] !== undefined) continue
    const message = `names ${provider}/${model}, but ${needs[provider]} is not set`
    issues.push({ code: 'custom', path: ['TALKWRIGHT_MODELS'], message, input: undefined })
  }
  for (const [name, others] of together) {
    if (value[name] === undefined) continue
    for (const other of others) {
      if (value[other] !== undefined) continue
      const message = `is of no use without ${other}`
      issues.push({ code: 'custom', path: [name], message, input: undefined })
    }
  }
}).transform((settings) => ({
  ...settings,
  // Without a key nothing of a talk is sent anywhere.
  TALKWRIGHT_MODELS:
    settings.TALKWRIGHT_MODELS ??
    usualModels({
      openai: settings.OPENAI_API_KEY !== undefined,
      anthropic: settings.ANTHROPIC_API_KEY !== undefined,
    }),
}))

/** The settings of a process, parsed once. */
export type Config = Readonly<z.infer<typeof Settings>>

const names = Object.keys(Environment.shape)

function readSetting(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    throw invalidInput('bad_config', `${name}: the file ${file} cannot be read.`)
  }
}

/** Reads `NAME_FILE` where it stands in for `NAME`; an empty value counts as absent. */
function gather(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const gathered: Record<string, string> = {}
  for (const name of names) {
    const file = environment[`${name}_FILE`]
    const value = environment[name] || (file ? readSetting(`${name}_FILE`, file) : undefined)
    if (value) gathered[name] = value
  }
  return gathered
}

/**
 * Parses the environment.
 *
 * @throws AppError `bad_config` that names every setting that is wrong and how.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = Settings.safeParse(gather(environment))
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw invalidInput('bad_config', `Some settings are not right. ${lines.join('. ')}.`)
  }
  return Object.freeze({
    ...parsed.data,
    TALKWRIGHT_DATA: resolve(parsed.data.TALKWRIGHT_DATA),
  })
}
