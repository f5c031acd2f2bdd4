import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { BuildCreated, BuildStatus, BuildWebhook, type CreateBuild } from '../../domain/build.ts'
import { silentLog } from '../../domain/log.ts'
import { planHash } from '../../domain/plan.ts'
import type { AgentCommand } from '../options.ts'
import { runRunner, type RunnerConfig, type RunningRunner } from '../main.ts'
import { startReceiver, type Receiver } from './receiver.ts'

export const apiKey = 'a key for tests'
export const webhookSecret = `whsec_${Buffer.from('a webhook secret for the tests').toString('base64')}`

export const demoTasks = `# Implementation Plan: Demo

## Tasks

- [ ] 1. Build the page
  - [ ] 1.1 Set up the project
  - [ ] 1.2 Write the page
- [ ] 2. Send mail
- [ ]* 3. Write property tests
`

/** A valid order with a small plan. */
export async function demoOrder(webhookUrl: string): Promise<CreateBuild> {
  const files = [
    { path: '.kiro/specs/demo/requirements.md', content: '# Requirements Document\n' },
    { path: '.kiro/specs/demo/design.md', content: '# Design Document: Demo\n' },
    { path: '.kiro/specs/demo/tasks.md', content: demoTasks },
    { path: '.kiro/steering/product.md', content: '# Product\n' },
  ]
  return {
    name: 'Démo: a page / with mail',
    feature: 'demo',
    plan_hash: await planHash(files),
    files,
    include_optional: false,
    webhook_url: webhookUrl,
    metadata: { build: 'b1' },
  }
}

/** The scripted agent's program. */
export const scriptedAgent = fileURLToPath(new URL('./scripted-agent.ts', import.meta.url))

/** What agents that are written in TypeScript run from. */
export const ownFiles = ['src', 'node_modules', 'package.json'].map((name) =>
  fileURLToPath(new URL(`../../../${name}`, import.meta.url)),
)

/** The scripted agent, told to play a scene of `scenes`. */
export function playing(scene: string, argument = ''): AgentCommand {
  const file = fileURLToPath(new URL(`./scenes/${scene}.ts`, import.meta.url))
  const args = [scriptedAgent, 'plays', file, argument]
  return {
    name: 'scripted',
    command: process.execPath,
    args,
    env: {},
    readable: ownFiles,
    mode: 'whole',
  }
}

/** A runner's configuration with the scripted agent. */
export function scriptedConfig(root: string, script: string, argument = ''): RunnerConfig {
  return {
    root,
    port: 0,
    apiKey,
    webhookSecret,
    agent: {
      name: 'scripted',
      command: process.execPath,
      args: [scriptedAgent, script, argument],
      env: { AGENT_API_KEY: 's3cret-value' },
      readable: ownFiles,
      mode: 'whole',
    },
    path: '/usr/local/bin:/usr/bin:/bin',
    clock: () => new Date(),
    ids: () => crypto.randomUUID(),
    random: () => 0,
    allowedNetworks: ['127.0.0.1/32'],
    log: silentLog,
    limits: { graceMs: 1_000 },
    sandbox: 'off',
    retryDelays: [1, 1, 1],
  }
}

/** A runner with a receiver and a folder of their own. */
export interface Rig extends AsyncDisposable {
  root: string
  receiver: Receiver
  /** The runner that serves now. */
  runner(): RunningRunner
  /** Ends the runner and starts another on the same folder. */
  restart(change?: Partial<RunnerConfig>): Promise<void>
  call(target: string, init?: RequestInit): Promise<Response>
  /** Orders the demo build. */
  order(change?: Partial<CreateBuild>, key?: string): Promise<Response>
  /** Orders the demo build and waits for its last event to be delivered. */
  build(change?: Partial<CreateBuild>): Promise<{ id: string; last: BuildWebhook }>
  status(id: string): Promise<BuildStatus>
}

export interface RigOptions {
  script: string
  argument?: string
  answer?: (count: number) => number
  config?: Partial<RunnerConfig>
}

export function isLast({ type }: BuildWebhook): boolean {
  return ['build.completed', 'build.failed', 'build.cancelled'].includes(type)
}

/** Starts a rig; dispose it to end everything and to remove the folder. */
export async function startRig(options: RigOptions): Promise<Rig> {
  const root = await mkdtemp(path.join(tmpdir(), 'talkwright-runner-'))
  const receiver = await startReceiver(webhookSecret, options.answer)
  const start = (change: Partial<RunnerConfig> = {}) =>
    runRunner(
      { ...scriptedConfig(root, options.script, options.argument), ...options.config, ...change },
      new AbortController().signal,
    )
  let runner = await start()
  const call = (target: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${apiKey}`)
    return fetch(runner.url + target, { ...init, headers })
  }
  const order = async (change: Partial<CreateBuild> = {}, key?: string) =>
    call('/v1/projects', {
      method: 'POST',
      body: JSON.stringify({ ...(await demoOrder(receiver.url)), ...change }),
      headers: { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
    })
  return {
    root,
    receiver,
    call,
    order,
    runner: () => runner,
    async restart(change) {
      await runner.close()
      runner = await start(change)
    },
    async build(change) {
      const { build_id: id } = BuildCreated.parse(await (await order(change)).json())
      const last = await receiver.until((hook) => hook.data.build_id === id && isLast(hook))
      return { id, last }
    },
    status: async (id) => BuildStatus.parse(await (await call(`/v1/builds/${id}`)).json()),
    async [Symbol.asyncDispose]() {
      await runner.close()
      await receiver[Symbol.asyncDispose]()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** The items of an answer of `/events`. */
export async function readItems(answer: Response): Promise<BuildWebhook[]> {
  return z.object({ items: z.array(BuildWebhook) }).parse(await answer.json()).items
}

/** The texts of the log lines of one kind. */
export function logTexts(hooks: readonly BuildWebhook[], kind?: string): string[] {
  return hooks.flatMap(({ data: { event } }) =>
    event.type === 'build.log' && (kind === undefined || event.kind === kind)
      ? event.text.split('\n')
      : [],
  )
}
