import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { deliverTarget } from '../domain/deliver.ts'
import { loadSecrets } from '../access/secrets.ts'
import { type RunnerConfig, runRunner } from '../runner/main.ts'
import { limitsOf, makeAgent } from './agents.ts'
import { lockBuilds } from './builds-lock.ts'
import type { Context } from './context.ts'
import { buildsFolder } from './files.ts'

export interface RunnerCommandOptions {
  port: number
  root?: string
  /** Ends when the input closes, so that it never outlives the server that started it. */
  withParent?: boolean
  /** Networks that are not public and that webhooks may go to, as CIDR. */
  allow?: readonly string[]
}

function untilParentEnds(stopped: AbortSignal): AbortSignal {
  const controller = new AbortController()
  process.stdin.resume()
  process.stdin.once('end', () => controller.abort())
  process.stdin.once('close', () => controller.abort())
  return AbortSignal.any([stopped, controller.signal])
}

/** The runner's settings: those of the server whose data folder it works in, or the environment's. */
async function runnerConfig(
  context: Context,
  options: RunnerCommandOptions,
  root: string,
): Promise<RunnerConfig> {
  const { config } = context
  const { permissions } = config.TALKWRIGHT_AGENT
  const stored =
    config.KIRO_API_KEY === undefined || config.KIRO_WEBHOOK_SECRET === undefined
      ? await loadSecrets(config.TALKWRIGHT_DATA)
      : undefined
  return {
    port: options.port,
    root,
    apiKey: config.KIRO_API_KEY ?? stored?.buildApiKey ?? '',
    webhookSecret: config.KIRO_WEBHOOK_SECRET ?? stored?.buildWebhookSecret ?? '',
    agent: makeAgent(config),
    ...(permissions !== undefined && { permissions }),
    limits: limitsOf(config.TALKWRIGHT_AGENT),
    sandbox: config.TALKWRIGHT_SANDBOX,
    path: config.PATH,
    clock: () => new Date(),
    ids: randomUUID,
    random: Math.random,
    allowedNetworks: options.allow ?? [],
    ...(config.TALKWRIGHT_DELIVER && {
      deliver: deliverTarget(config.TALKWRIGHT_DELIVER, config.TALKWRIGHT_DELIVER_TOKEN),
    }),
    log: context.log,
  }
}

/**
 * The build API on the loopback address, with the agent of the settings behind it.
 *
 * @throws AppError `builds_in_use`, `port_taken`
 */
export async function runnerCommand(
  context: Context,
  options: RunnerCommandOptions,
): Promise<void> {
  const { config, output } = context
  const root = options.root === undefined ? buildsFolder(config) : resolve(options.root)
  const stopped = options.withParent === true ? untilParentEnds(context.stopped) : context.stopped
  const lock = await lockBuilds(root)
  try {
    const runner = await runRunner(await runnerConfig(context, options, root), stopped)
    output.result(`The build runner answers at ${runner.url}`, {
      event: 'runner.ready',
      url: runner.url,
    })
    if (!stopped.aborted) await once(stopped, 'abort')
    await runner.close()
  } finally {
    await lock.release()
    process.stdin.destroy()
  }
}
