import { assertNever } from '../domain/assert-never.ts'
import { addTokens, estimateTokens } from '../domain/tokens.ts'
import { openExchange } from './exchange.ts'
import { type Asked, type FailureCode, modelFailure } from './failures.ts'
import type { Endpoint, Generated, Question, Turn } from './generate.ts'
import { askToMend, judge } from './judge.ts'
import type { LanguageModel, ModelAnswer, ModelCall, PlannedCall } from './language-model.ts'
import type { TokensUsed } from './tokens-used.ts'
import { toWireSchema } from './wire-schema.ts'

export interface LinkOptions {
  /** What usage is booked under. */
  provider: string
  endpoint: Endpoint
  asked: Asked
  contextTokens: number
  /** For one call, from asking to the last byte. */
  timeoutMs: number
  fetch: typeof globalThis.fetch
  clock: () => Date
}

const mostRepairs = 2

/** No answer has so many characters for each token; a longer one is not what was asked for. */
const mostPerToken = 40

/** What one call gave: an answer's text, or why there is none. */
type Reply =
  | { kind: 'text'; text: string }
  | { kind: 'empty' }
  | { kind: 'none'; outcome: 'refused' | 'cut_off' | 'failed'; error: unknown }

interface Observed {
  reply: Reply
  tokens: TokensUsed
  ms: number
  requestId?: string
  answeredBy?: string
}

function replyOf({ text, end }: Generated, asked: Asked): Reply {
  if (end === 'refused') {
    return { kind: 'none', outcome: 'refused', error: modelFailure('model_refused', asked) }
  }
  if (end === 'length') {
    return { kind: 'none', outcome: 'cut_off', error: modelFailure('model_cut_off', asked) }
  }
  return text.trim() === '' ? { kind: 'empty' } : { kind: 'text', text }
}

/** Calls the provider once and says all that is known of it, whatever the provider does. */
async function observe(
  options: LinkOptions,
  question: Question,
  signal: AbortSignal,
): Promise<Observed> {
  const { endpoint, asked, timeoutMs, fetch, clock } = options
  // The SDK is loaded by the first call: most processes never make one.
  const { generate } = await import('./generate.ts')
  const deadline = AbortSignal.timeout(timeoutMs)
  const exchange = openExchange({ fetch, asked, deadline, clock })
  const startedAt = clock().getTime()
  const observed = (reply: Reply, generated?: Generated): Observed => ({
    reply,
    tokens: exchange.seen.tokens,
    ms: Math.max(0, clock().getTime() - startedAt),
    ...(exchange.seen.requestId !== undefined && { requestId: exchange.seen.requestId }),
    ...(generated?.answeredBy !== undefined && { answeredBy: generated.answeredBy.slice(0, 120) }),
  })
  try {
    const either = AbortSignal.any([signal, deadline])
    const generated = await generate(endpoint, question, exchange.fetch, either)
    return observed(replyOf(generated, asked), generated)
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.name : typeof thrown
    const failure = exchange.seen.failure ?? modelFailure('model_bad_answer', asked, { reason })
    const refused = failure.code === ('model_refused' satisfies FailureCode)
    const error = signal.aborted ? signal.reason : failure
    return observed({ kind: 'none', outcome: refused ? 'refused' : 'failed', error })
  }
}

function planCall(
  { provider, endpoint }: LinkOptions,
  question: Question,
  prompt: PlannedCall['prompt'],
): PlannedCall {
  const texts = [
    question.instructions,
    JSON.stringify(question.schema),
    ...question.turns.map(({ content }) => content),
  ]
  return {
    provider,
    model: endpoint.model,
    prompt,
    inputTokens: addTokens(...texts.map(estimateTokens)),
    maxOutputTokens: question.maxOutputTokens,
  }
}

type Fitting<T> = Pick<ModelAnswer<T>, 'value' | 'faults' | 'repairs'>

/** What a call's answer is worth, by the outcome that it is booked under. */
type Step<T> =
  | { outcome: 'used'; fitting: Fitting<T> }
  | { outcome: 'invalid'; text: string; complaints: readonly string[]; fitting?: Fitting<T> }
  | { outcome: 'empty' }
  | { outcome: 'refused' | 'cut_off' | 'failed'; error: unknown }

function stepOf<T>(call: ModelCall<T>, reply: Reply, repairs: number): Step<T> {
  if (reply.kind === 'none') return reply
  if (reply.kind === 'empty') return { outcome: 'empty' }
  const { text } = reply
  if (text.length > call.maxOutputTokens * mostPerToken) {
    // Its beginning is enough to be told off for: the whole would not fit into the next call.
    const complaints = ['The answer is far longer than it may be.']
    return { outcome: 'invalid', text: text.slice(0, 2_000), complaints }
  }
  const verdict = judge(call, text)
  if (verdict.kind === 'misfit') return { outcome: 'invalid', text, complaints: verdict.complaints }
  const fitting = { value: verdict.value, faults: verdict.faults, repairs }
  if (verdict.faults.length === 0 || repairs === mostRepairs) return { outcome: 'used', fitting }
  return { outcome: 'invalid', text, complaints: verdict.faults, fitting }
}

/** One call that is watched over by the meter: asked before, told after. */
async function meteredStep<T>(
  options: LinkOptions,
  call: ModelCall<T>,
  question: Question,
  signal: AbortSignal,
  repairs: number,
): Promise<Step<T>> {
  signal.throwIfAborted()
  const { provider, endpoint, asked, contextTokens } = options
  const { prompt } = call
  const planned = planCall(options, question, prompt)
  if (planned.inputTokens.low + question.maxOutputTokens > contextTokens) {
    throw modelFailure('model_input_too_long', asked)
  }
  const settle = await call.onCall(planned)
  const { reply, tokens, ...facts } = await observe(options, question, signal)
  const { model } = endpoint
  const book = (outcome: Step<T>['outcome']) =>
    settle({ provider, model, prompt, outcome, ...tokens, ...facts })
  let step: Step<T>
  try {
    step = stepOf(call, reply, repairs)
  } catch (thrown) {
    // A check that breaks on the answer is a fault of ours; the call was made and costs all the same.
    await book('invalid')
    throw thrown
  }
  await book(step.outcome)
  return step
}

function toMend({ turns }: Question, text: string, complaints: readonly string[]): Turn[] {
  // The first turn is the input; of the answers only the last one matters.
  return [
    ...turns.slice(0, 1),
    { role: 'assistant', content: text },
    { role: 'user', content: askToMend(complaints) },
  ]
}

/** The later one of equals: it is the answer to more complaints. */
function better<T>(one: Fitting<T>, other: Fitting<T> | undefined): Fitting<T> {
  return other !== undefined && other.faults.length < one.faults.length ? other : one
}

async function answerBy<T>(
  options: LinkOptions,
  call: ModelCall<T>,
  signal: AbortSignal,
): Promise<Fitting<T>> {
  let question: Question = {
    name: call.prompt.id.replaceAll(/[^\w-]/g, '_').slice(0, 60),
    instructions: call.instructions,
    turns: [{ role: 'user', content: call.input }],
    schema: toWireSchema(call.schema),
    maxOutputTokens: call.maxOutputTokens,
  }
  let best: Fitting<T> | undefined
  let error: unknown
  for (let repairs = 0; repairs <= mostRepairs; repairs += 1) {
    const step = await meteredStep(options, call, question, signal, repairs)
    switch (step.outcome) {
      case 'used':
        return better(step.fitting, best)
      case 'invalid':
        if (step.fitting !== undefined) best = better(step.fitting, best)
        error = modelFailure('model_invalid_output', options.asked, {
          complaints: step.complaints.slice(0, 5),
        })
        question = { ...question, turns: toMend(question, step.text, step.complaints) }
        break
      case 'empty':
        // Often a whim; the same question is put again.
        error = modelFailure('model_empty', options.asked)
        break
      case 'failed':
        throw step.error
      case 'refused':
      case 'cut_off':
        if (best !== undefined) return best
        throw step.error
      default:
        assertNever(step)
    }
  }
  if (best !== undefined) return best
  throw error
}

/**
 * A model of a provider. An answer that does not fit is sent back at most twice; when one fitted the
 * schema and the check alone found faults, the one with the fewest is given with them.
 */
export function createLink(options: LinkOptions): LanguageModel {
  const { provider, endpoint, contextTokens } = options
  return {
    name: `${provider}/${endpoint.model}`,
    contextTokens,
    answer: async (call, signal) => ({
      ...(await answerBy(options, call, signal)),
      provider,
      model: endpoint.model,
    }),
  }
}
