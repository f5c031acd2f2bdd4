import { mkdir, realpath } from 'node:fs/promises'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { Webhook } from 'standardwebhooks'
import { usualPolicy } from './agents/permission-policy.ts'
import { createDriver } from './create-driver.ts'
import { createApp } from './api/app.ts'
import { openBuildDesk } from './builds/build-desk.ts'
import { openVault, type Vault } from './builds/build-secrets.ts'
import { createLiveBuilds, type LiveBuilds } from './builds/live-builds.ts'
import { allowAddresses } from './egress/address-policy.ts'
import { type GuardedHttp, guardHttp, resolveByName } from './egress/guarded-http.ts'
import { createMask, secretsOf, type Mask, type Secret } from './process/secrets.ts'
import type { DeliveryOptions } from './webhooks/delivery.ts'
import { openSandbox } from './sandbox/open-sandbox.ts'
import {
  defaultDeliverDelays,
  defaultRetryDelays,
  limitsFor,
  type RunnerOptions,
} from './options.ts'

/** The build API's server without its socket. */
export interface Runner extends AsyncDisposable {
  /** Answers the build API. */
  app: OpenAPIHono
  /** Stops builds, agents and deliveries; what was running is told as failed at the next start. */
  close(): Promise<void>
}

/** What orders name may be called within limits, and what the runner's own settings name without. */
function openEgress({ allowedNetworks = [], resolve }: RunnerOptions) {
  return {
    http: guardHttp(allowAddresses(allowedNetworks), resolve),
    anywhere: guardHttp({ permits: () => true }, resolve),
  }
}

function ownDelivery({ deliver: target, deliverDelays }: RunnerOptions, http: GuardedHttp) {
  return { own: target && { target, http }, delays: deliverDelays ?? defaultDeliverDelays }
}

/** The builds with what tells of them. */
function liveBuilds(
  { webhookSecret, retryDelays = defaultRetryDelays, clock, ids, random, log }: RunnerOptions,
  {
    http,
    vault,
    mask,
    answerMs,
  }: { http: GuardedHttp; vault: Vault; mask: Mask; answerMs: number },
): LiveBuilds {
  const secretOf: DeliveryOptions['secretOf'] = async ({ folder }) =>
    (await vault.read(folder.secrets)).webhook_secret ?? webhookSecret
  const telling = { http, secretOf, retryDelays, clock, random, log }
  return createLiveBuilds(clock, telling, { ids, answerMs, mask })
}

/** What neither a log nor the work may hold: the agent's keys, and the runner's own. */
function allSecrets({ agent, apiKey, webhookSecret }: RunnerOptions): Secret[] {
  const own = { BUILD_API_KEY: apiKey, WEBHOOK_SECRET: webhookSecret }
  return [...secretsOf(agent.env), ...secretsOf(own)]
}

/**
 * A runner on its folder: builds that an earlier run left are taken up before it answers. One
 * process at a time may use a folder. Throws when `webhookSecret` is not a `whsec_` secret.
 */
export async function createRunner(options: RunnerOptions): Promise<Runner> {
  const { agent, path, clock, ids, log } = options
  // Fails here and not at the first delivery when the secret is malformed.
  new Webhook(options.webhookSecret).sign('msg_check', clock(), '')
  await mkdir(options.root, { recursive: true })
  const root = await realpath(options.root)
  const limits = { ...limitsFor(agent), ...options.limits }
  const sandbox = await openSandbox({
    mode: options.sandbox ?? 'auto',
    root,
    searchPath: path,
    isOwnAgent: agent.isOwn ?? false,
  })
  log.info({ ...sandbox.state }, 'sandbox')
  const secrets = allSecrets(options)
  const mask = createMask(secrets)
  const vault = await openVault(options.webhookSecret)
  const { http, anywhere } = openEgress(options)
  const desk = await openBuildDesk({
    root,
    path,
    clock,
    ids,
    log,
    limits,
    sandbox,
    resolve: options.resolve ?? resolveByName,
    vault,
    http,
    delivery: { http, vault, ...ownDelivery(options, anywhere) },
    driver: createDriver({
      agent,
      permissions: options.permissions ?? usualPolicy(sandbox.state.kind !== 'none'),
      graceMs: limits.graceMs,
    }),
    rate: agent.rate,
    builds: liveBuilds(options, { http, vault, mask, answerMs: limits.answerMs }),
    mask,
    secrets,
    maxConcurrent: options.maxConcurrent ?? 2,
    maxQueued: options.maxQueued ?? 1_000,
    maxQueuedOfWorkspace: options.maxQueuedOfWorkspace ?? 100,
  })
  const close = async () => {
    await desk[Symbol.asyncDispose]()
    for (const client of [http, anywhere]) client[Symbol.dispose]()
  }
  return {
    app: createApp({ desk, apiKey: options.apiKey, log }),
    close,
    [Symbol.asyncDispose]: close,
  }
}
