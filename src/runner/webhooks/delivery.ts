import { setTimeout as delay } from 'node:timers/promises'
import type { Build } from '../builds/build.ts'
import type { Flow } from '../builds/log-joiner.ts'
import { isSettled } from '../builds/build-status.ts'
import { coalesce } from './coalesce.ts'
import { readDeliveryState, writeDeliveryState } from './delivery-state.ts'
import type { GuardedHttp } from '../egress/guarded-http.ts'
import type { Log } from '../../domain/log.ts'
import { postWebhook, type Attempt, type WebhookMessage } from './webhook-request.ts'

export interface DeliveryOptions {
  http: GuardedHttp
  /** The `whsec_…` secret that signs a build's webhooks. */
  secretOf: (build: Build) => Promise<string>
  retryDelays: readonly number[]
  clock: () => Date
  /** From 0 to below 1: spreads the attempts of receivers that failed together. */
  random: () => number
  log: Log
}

/** A receiver may ask for more time between two attempts, but not for so much that it ends delivery. */
const longestPauseMs = 60 * 60_000

/** Brings a build's events to its receiver: in order, one at a time, at least once. */
export interface Delivery extends Flow, AsyncDisposable {
  /** Says that there may be more to deliver. */
  wake(): void
}

/** Starts delivering where the stored cursor stands. */
export function startDelivery(build: Build, options: DeliveryOptions): Delivery {
  const stop = new AbortController()
  let known: string | undefined
  // Unsealed once: it is the same for all webhooks of a build.
  const secretOf = async () => (known ??= await options.secretOf(build))
  const work = coalesce(() => deliverAll(build, { ...options, secretOf }, stop.signal))
  work.request()
  return {
    wake: () => work.request(),
    isBehind: () => work.isRunning(),
    caughtUp: () => work.settled().catch(() => undefined),
    async [Symbol.asyncDispose]() {
      stop.abort()
      await work.settled().catch((error: unknown) => {
        options.log.error({ err: error, build: build.order.build_id }, 'delivery_failed')
      })
    },
  }
}

async function deliverAll(build: Build, options: DeliveryOptions, signal: AbortSignal) {
  const state = await readDeliveryState(build.folder.delivery)
  const save = () => writeDeliveryState(build.folder.delivery, state)
  const bodies = readAhead(build)
  while (!state.ended && state.delivered < build.log.length && !signal.aborted) {
    const sequence = state.delivered + 1
    const body = await bodies(sequence)
    const outcome = await deliver(build, { sequence, body }, options, signal)
    if (outcome === 'stopped') return
    if (outcome === 'taken') state.delivered += 1
    else state.ended = outcome
    await save()
  }
  const { state: buildState, sequence } = build.status()
  if (!state.ended && isSettled(buildState) && state.delivered === sequence) {
    state.ended = 'complete'
    await save()
  }
}

const aheadAtOnce = 100

/** Gives the body of each webhook; the log is read for many at a time. */
function readAhead({ log }: Build): (sequence: number) => Promise<string> {
  const ahead = new Map<number, string>()
  return async (sequence) => {
    if (!ahead.has(sequence)) {
      ahead.clear()
      const bodies = await log.read(sequence, sequence + aheadAtOnce - 1)
      bodies.forEach((body, index) => ahead.set(sequence + index, body))
    }
    return ahead.get(sequence) ?? ''
  }
}

async function deliver(
  build: Build,
  { sequence, body }: { sequence: number; body: string },
  options: DeliveryOptions,
  signal: AbortSignal,
): Promise<'taken' | 'gone' | 'exhausted' | 'stopped'> {
  const { build_id, webhook_url } = build.order
  const message = { url: webhook_url, id: `msg_${build_id}_${sequence}`, body }
  for (const wait of [...options.retryDelays, undefined]) {
    const attempt = await tryOnce(build, message, options, signal)
    if (attempt.type !== 'again') return attempt.type
    if (signal.aborted) return 'stopped'
    options.log.warn({ build: build_id, sequence, reason: attempt.reason }, 'webhook_not_taken')
    if (wait === undefined) break
    const asked = Math.min(attempt.waitMs ?? 0, longestPauseMs)
    const pause = Math.max(wait * (1 + options.random() / 10), asked)
    await delay(pause, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return 'stopped'
  }
  return 'exhausted'
}

async function tryOnce(
  build: Build,
  message: WebhookMessage,
  options: DeliveryOptions,
  signal: AbortSignal,
): Promise<Attempt> {
  try {
    const secret = await options.secretOf(build)
    return await postWebhook(message, secret, options.clock(), options.http, signal)
  } catch (error) {
    return { type: 'again', reason: error instanceof Error ? error.message : String(error) }
  }
}
