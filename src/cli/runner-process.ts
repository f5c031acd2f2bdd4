import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { AppError } from '../domain/errors.ts'
import type { Log } from '../domain/log.ts'

export interface RunnerProcess {
  url: string
  stop(): Promise<void>
}

export interface RunnerProcessOptions {
  /** The command line's own entry file. */
  main: URL
  /** Folder for builds. */
  root: string
  apiKey: string
  webhookSecret: string
  log: Log
  /** The settings that are the runner's too: where to find git and Node, which agent builds … */
  environment: Readonly<Record<string, string>>
}

const Ready = z.object({ event: z.literal('runner.ready'), url: z.url() })

const restartMs = 1_000

/** Only what the runner needs: the server's other secrets stay out of the process that runs agents. */
function runnerEnvironment(options: RunnerProcessOptions): NodeJS.ProcessEnv {
  return {
    ...options.environment,
    KIRO_API_KEY: options.apiKey,
    KIRO_WEBHOOK_SECRET: options.webhookSecret,
  }
}

function start(options: RunnerProcessOptions, port: number): ChildProcess {
  return spawn(
    process.execPath,
    [
      fileURLToPath(options.main),
      'runner',
      '--json',
      '--port',
      String(port),
      '--root',
      options.root,
      '--with-parent',
      // Where the server that starts it listens.
      '--allow',
      '127.0.0.0/8',
    ],
    // The runner ends when its input closes: it never outlives the server, however that ends.
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: runnerEnvironment(options),
      // In a group of its own: Ctrl-C at the terminal reaches the server, which ends things in order.
      detached: process.platform !== 'win32',
    },
  )
}

async function readUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The runner has no output to read.')
  for await (const line of createInterface({ input: child.stdout })) {
    const parsed = Ready.safeParse(JSON.parse(line))
    if (parsed.success) return parsed.data.url
  }
  throw new AppError(
    'runner_not_started',
    'The build runner ended before it was ready. Its messages are above; `talkwright runner` starts it alone.',
  )
}

/**
 * Starts the build runner as a process of its own and starts it again, on the same port, when it
 * dies.
 *
 * @throws AppError `runner_not_started`
 */
export async function startRunnerProcess(options: RunnerProcessOptions): Promise<RunnerProcess> {
  let stopping = false
  let child = start(options, 0)
  const url = await readUrl(child)
  const port = Number(new URL(url).port)

  function watch(): void {
    child.once('exit', (code) => {
      if (stopping) return
      options.log.error({ code }, 'runner.died')
      setTimeout(() => {
        if (stopping) return
        child = start(options, port)
        watch()
        readUrl(child).catch((error: unknown) => {
          options.log.error({ error: String(error) }, 'runner.not_restarted')
        })
      }, restartMs)
    })
  }
  watch()

  return {
    url,
    async stop() {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.stdin?.end()
      child.kill('SIGTERM')
      await gone
    },
  }
}
