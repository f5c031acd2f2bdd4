import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { type Config, readConfig } from '../config.ts'
import type { Log } from '../domain/log.ts'
import { makeOutput, type Output } from './output.ts'
import { version } from './version.ts'

/** What every command gets. */
export interface Context {
  config: Config
  output: Output
  log: Log
  version: string
  /** The command line's entry file. */
  main: URL
  pageFolder: string
  samplesFolder: string
  /** Aborted by SIGINT, SIGTERM and SIGHUP. */
  stopped: AbortSignal
}

function untilSignal(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      // Asked twice, it ends at once.
      if (controller.signal.aborted) process.exit(130)
      controller.abort(name)
    })
  }
  return controller.signal
}

/** Settings of the command line that stand in for those of the environment. */
interface Instead {
  /** The name of an agent, or a JSON file that says which. */
  agent?: string
}

function environmentFor({ agent }: Instead): NodeJS.ProcessEnv {
  if (agent === undefined) return process.env
  const { TALKWRIGHT_AGENT: _, TALKWRIGHT_AGENT_FILE: __, ...others } = process.env
  const isName = /^[a-z][a-z0-9-]*$/.test(agent)
  return { ...others, [isName ? 'TALKWRIGHT_AGENT' : 'TALKWRIGHT_AGENT_FILE']: agent }
}

/** @throws AppError `bad_config` */
export function makeContext(json: boolean, instead: Instead = {}): Context {
  const config = readConfig(environmentFor(instead))
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const log = pino({ level: config.TALKWRIGHT_LOG, base: null }, pino.destination(2))
  return {
    config,
    output: makeOutput(process, json),
    log,
    version,
    main: new URL('../../bin/talkwright.mjs', import.meta.url),
    pageFolder: join(root, 'dist', 'page'),
    samplesFolder: join(root, 'examples', 'sample'),
    stopped: untilSignal(),
  }
}
