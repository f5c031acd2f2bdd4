import { z } from 'zod'
import { assertNever } from '../domain/assert-never.ts'
import { AppError } from '../domain/errors.ts'
import { retryAfterSeconds } from '../domain/retry-after.ts'

/** Who was asked, as errors name them: nothing of a key is ever part of it. */
export interface Asked {
  /** `OpenAI`, `Anthropic`, `The model server`. */
  label: string
  model: string
  /** `OPENAI_API_KEY`, `OPENAI_BASE_URL`. */
  keySetting: string
  urlSetting: string
  /** Blotted out wherever a provider's own words are handed on. */
  key: string
}

export type FailureCode =
  | 'model_unauthorised'
  | 'model_unknown'
  | 'model_out_of_credit'
  | 'model_input_too_long'
  | 'model_refused'
  | 'model_bad_request'
  | 'model_bad_answer'
  | 'model_cut_off'
  | 'model_empty'
  | 'model_invalid_output'
  | 'model_rate_limited'
  | 'model_overloaded'
  | 'model_timeout'
  | 'model_disconnected'
  | 'model_unavailable'

const retryable = new Set<FailureCode>([
  'model_rate_limited',
  'model_overloaded',
  'model_timeout',
  'model_disconnected',
  'model_unavailable',
])

function sentence(code: FailureCode, { label, model, keySetting, urlSetting }: Asked): string {
  switch (code) {
    case 'model_unauthorised':
      return `${label} did not accept the key, or not for ${model}. Check ${keySetting}.`
    case 'model_unknown':
      return `${label} knows no model ${model}. Check TALKWRIGHT_MODELS and ${urlSetting}.`
    case 'model_out_of_credit':
      return `${label} says that the account of ${keySetting} has no credit left. Add some, or name another model in TALKWRIGHT_MODELS.`
    case 'model_input_too_long':
      return `The talk is too long for ${model} in one call. Name a model with more context in TALKWRIGHT_MODELS.`
    case 'model_refused':
      return `${label} declined to answer for what the talk says. Look at the talk, or name another model in TALKWRIGHT_MODELS.`
    case 'model_bad_request':
      return `${label} turned the request for ${model} down. Name a model that gives structured output in TALKWRIGHT_MODELS.`
    case 'model_bad_answer':
      return `${label} gave an answer that is not of its API. Check ${urlSetting}.`
    case 'model_cut_off':
      return `${model} ran out of room before its answer was whole. Name a model with more context in TALKWRIGHT_MODELS.`
    case 'model_empty':
      return `${model} gave an empty answer each time. Name another model in TALKWRIGHT_MODELS.`
    case 'model_invalid_output':
      return `${model} could not give an answer of the form that is needed. Name a model that gives structured output in TALKWRIGHT_MODELS.`
    case 'model_rate_limited':
      return `${label} asks for fewer calls. It is tried again later.`
    case 'model_overloaded':
      return `${label} is overloaded. It is tried again later.`
    case 'model_timeout':
      return `${label} did not answer in time. It is tried again later.`
    case 'model_disconnected':
      return `The connection to ${label} broke off. It is tried again later.`
    case 'model_unavailable':
      return `${label} cannot answer at present. It is tried again later.`
    default:
      return assertNever(code)
  }
}

/** An error with everything that callers need and nothing that a provider could have put a secret into. */
export function modelFailure(
  code: FailureCode,
  asked: Asked,
  details: Readonly<Record<string, unknown>> = {},
): AppError {
  return new AppError(code, sentence(code, asked), {
    status: retryable.has(code) ? 503 : 502,
    retryable: retryable.has(code),
    details: { model: asked.model, ...details },
  })
}

const text = z.string().optional().catch(undefined)
const ErrorBody = z.object({
  error: z.union([
    z.object({ type: text, code: z.coerce.string().optional().catch(undefined), message: text }),
    z.string().transform((message) => ({ message, type: undefined, code: undefined })),
  ]),
})
type ErrorFacts = z.infer<typeof ErrorBody>['error']

/** The error that a body tells of; OpenAI has some in answers with status 200. */
export function readErrorBody(body: unknown): ErrorFacts | undefined {
  return ErrorBody.safeParse(body).data?.error
}

const tooLong =
  /too long|too many tokens|context (?:length|window)|maximum context|exceeds? the (?:context|limit)/i

const declined = /content filter|flagged as potentially|violat\w+ (?:our|the) (?:usage|content)/i

function codeOfRequest({ code, type, message = '' }: ErrorFacts): FailureCode {
  if (code === 'context_length_exceeded' || tooLong.test(message)) return 'model_input_too_long'
  if (code === 'model_not_found') return 'model_unknown'
  if (/credit balance/i.test(message)) return 'model_out_of_credit'
  if (code === 'content_filter' || code === 'content_policy_violation' || declined.test(message)) {
    return 'model_refused'
  }
  // What OpenAI says in the body of an answer with status 200.
  if (code === 'server_error') return 'model_unavailable'
  if (code === 'rate_limit_exceeded') return 'model_rate_limited'
  return type === 'overloaded_error' ? 'model_overloaded' : 'model_bad_request'
}

function codeOf(status: number, facts: ErrorFacts): FailureCode {
  if (status < 400) return 'model_bad_answer'
  if (status === 401 || status === 403) return 'model_unauthorised'
  if (status === 402) return 'model_out_of_credit'
  if (status === 404) return 'model_unknown'
  if (status === 408) return 'model_timeout'
  if (status === 409 || status === 425) return 'model_unavailable'
  if (status === 413) return 'model_input_too_long'
  if (status === 429) {
    const paid = `${facts.code} ${facts.type}`
    return /insufficient_quota|billing/.test(paid) ? 'model_out_of_credit' : 'model_rate_limited'
  }
  if (status === 501) return 'model_bad_request'
  if (status === 503 || status === 529) return 'model_overloaded'
  return status >= 500 ? 'model_unavailable' : codeOfRequest(facts)
}

const longestReason = 300

/** A provider's own words, with nothing in them that could harm a log or give a key away. */
export function cleanReason(message: string, key: string): string {
  const keyless = key === '' ? message : message.replaceAll(key, '[key]')
  return keyless
    .slice(0, 10_000)
    .replaceAll(/\b(?:sk|pk|key|Bearer)[-_ ][\w*.-]{6,}/gi, '[key]')
    .replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .slice(0, longestReason)
    .trim()
}

/** Seconds that the headers ask to wait: the exact `retry-after-ms` before the rounded one. */
export function readWait(headers: Headers, now: Date): number | undefined {
  const ms = headers.get('retry-after-ms')?.trim() ?? ''
  if (/^\d{1,12}(?:\.\d{1,9})?$/.test(ms)) {
    return retryAfterSeconds(String(Math.min(Math.ceil(Number(ms) / 1_000), 999_999_999)), now)
  }
  return retryAfterSeconds(headers.get('retry-after'), now)
}

/** What an answer that is none amounts to. */
export function answerFailure(
  asked: Asked,
  answer: { status: number; headers: Headers; body: unknown },
  now: Date,
): AppError {
  const { status, headers, body } = answer
  const facts: ErrorFacts = readErrorBody(body) ?? {
    type: undefined,
    code: undefined,
    message: undefined,
  }
  const code = codeOf(status, facts)
  const wait = readWait(headers, now)
  // What is wrong with a key is told by the code; the provider's words may repeat a part of it.
  const reason = code === 'model_unauthorised' ? '' : cleanReason(facts.message ?? '', asked.key)
  return modelFailure(code, asked, {
    status,
    ...(reason !== '' && { reason }),
    ...(wait !== undefined && { retryAfterSeconds: wait }),
  })
}
