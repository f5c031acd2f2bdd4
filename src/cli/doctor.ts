import { execFile } from 'node:child_process'
import { access, constants, mkdir } from 'node:fs/promises'
import { promisify } from 'node:util'
import { AppError, toAppError } from '../domain/errors.ts'
import { describeAgent } from './agents.ts'
import type { Context } from './context.ts'
import { withDatabase } from './database.ts'
import { makeModels } from './models.ts'
import { probeSandbox } from '../runner/sandbox/probe.ts'

interface Check {
  name: string
  ok: boolean
  detail: string
}

async function check(name: string, look: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, detail: await look() }
  } catch (thrown) {
    return { name, ok: false, detail: toAppError(thrown).message }
  }
}

async function gitVersion(): Promise<string> {
  try {
    return (await promisify(execFile)('git', ['--version'])).stdout.trim()
  } catch (cause) {
    throw new AppError('git_missing', 'git cannot be started. Install git; builds need it.', {
      cause,
    })
  }
}

/** What keeps agents in; the built-in scaffolder may do without, unless it is required. */
async function sandbox(
  searchPath: string,
  mode: Context['config']['TALKWRIGHT_SANDBOX'],
): Promise<string> {
  if (mode === 'off') return 'off: agents run with all rights of this user'
  const probed = await probeSandbox(searchPath)
  if (probed.type === 'works') return probed.bubblewrap.version
  if (mode === 'required') throw new AppError('sandbox_missing', probed.reason)
  return `none, so only the built-in scaffolder can build. ${probed.reason}`
}

/** Looks at what a server needs on this machine and gives true when all of it is there. */
export async function doctorCommand(context: Context): Promise<boolean> {
  const { config, output } = context
  const checks = [
    await check('node', async () => process.versions.node),
    await check('git', gitVersion),
    await check('data folder', async () => {
      await mkdir(config.TALKWRIGHT_DATA, { recursive: true, mode: 0o700 })
      await access(config.TALKWRIGHT_DATA, constants.W_OK)
      return config.TALKWRIGHT_DATA
    }),
    await check('database', () =>
      withDatabase(context, async (database) => {
        const flushed = database.durable ? '' : '; commits are not flushed to the disk'
        const pooled = config.DATABASE_URL !== undefined && config.DATABASE_POOLER !== 'none'
        const schema = pooled ? 'a schema is there' : 'schema up to date'
        return `${database.engine.kind}, ${schema}${flushed}`
      }),
    ),
    await check('Tavus', async () =>
      config.TAVUS_API_KEY === undefined
        ? 'no TAVUS_API_KEY: webhooks and uploads only'
        : 'key is set',
    ),
    await check('models', async () => {
      const { model, offline } = makeModels(config, context.log)
      return [model?.name, offline ? 'offline' : undefined].filter((name) => name).join(' > ')
    }),
    await check('sandbox', () => sandbox(config.PATH, config.TALKWRIGHT_SANDBOX)),
    await check('builder', async () => config.KIRO_API_URL?.join(', ') ?? 'the built-in runner'),
    await check('agent', async () => describeAgent(config)),
  ]
  for (const { name, ok, detail } of checks) {
    output.result(`${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(12)} ${detail}`, { name, ok, detail })
  }
  return checks.every(({ ok }) => ok)
}
