import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadSecrets } from '../access/secrets.ts'
import { runRunner } from '../runner/main.ts'
import type { Context } from './context.ts'
import { buildsFolder } from './files.ts'

export interface RunnerCommandOptions {
  port: number
  root?: string
  /** Ends when the input closes, so that it never outlives the server that started it. */
  withParent?: boolean
}

function untilParentEnds(stopped: AbortSignal): AbortSignal {
  const controller = new AbortController()
  process.stdin.resume()
  process.stdin.once('end', () => controller.abort())
  process.stdin.once('close', () => controller.abort())
  return AbortSignal.any([stopped, controller.signal])
}

/** The build API on the loopback address, with the built-in scaffolder behind it. */
export async function runnerCommand(
  context: Context,
  options: RunnerCommandOptions,
): Promise<void> {
  const { config, output } = context
  const stored =
    config.KIRO_API_KEY === undefined || config.KIRO_WEBHOOK_SECRET === undefined
      ? await loadSecrets(config.TALKWRIGHT_DATA)
      : undefined
  const scaffolder = fileURLToPath(new URL('../runner/scaffolder/main.ts', import.meta.url))
  const stopped = options.withParent === true ? untilParentEnds(context.stopped) : context.stopped
  const runner = await runRunner(
    {
      port: options.port,
      root: options.root === undefined ? buildsFolder(config) : resolve(options.root),
      apiKey: config.KIRO_API_KEY ?? stored?.buildApiKey ?? '',
      webhookSecret: config.KIRO_WEBHOOK_SECRET ?? stored?.buildWebhookSecret ?? '',
      agent: {
        name: 'scaffolder',
        command: process.execPath,
        args: [scaffolder],
        env: {},
      },
      path: config.PATH,
      fetch,
      clock: () => new Date(),
      ids: randomUUID,
      log: context.log,
    },
    stopped,
  )
  output.result(`The build runner answers at ${runner.url}`, {
    event: 'runner.ready',
    url: runner.url,
  })
  if (!stopped.aborted) await once(stopped, 'abort')
  await runner.close()
  process.stdin.destroy()
}
