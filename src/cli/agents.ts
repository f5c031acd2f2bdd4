import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config.ts'
import { findPreset } from '../domain/agent-presets.ts'
import type { AgentSetting } from '../domain/agent-setting.ts'
import { AppError } from '../domain/errors.ts'
import type { AgentCommand, BuildLimits } from '../runner/options.ts'
import { findProgram } from '../runner/sandbox/find-program.ts'

/** Talkwright's own sources and packages, which the scaffolder runs from. */
const ownFiles = ['src', 'node_modules', 'package.json'].map((name) =>
  fileURLToPath(new URL(`../../${name}`, import.meta.url)),
)

/** The programs that kiro-cli starts, which its installer puts beside it. */
const kiroPrograms = ['kiro-cli', 'kiro-cli-chat', 'kiro-cli-term']

/**
 * The agent that the settings name, with its keys.
 *
 * @throws AppError `bad_agent` when a file that holds a key cannot be read
 */
export function makeAgent({ TALKWRIGHT_AGENT: setting, HOME }: Config): AgentCommand {
  switch (setting.agent) {
    case 'scaffolder':
      return {
        name: 'scaffolder',
        command: process.execPath,
        args: [fileURLToPath(new URL('../runner/scaffolder/main.ts', import.meta.url))],
        env: {},
        readable: ownFiles,
        isOwn: true,
        // It asks no model.
        rate: { low: 0, high: 0, currency: 'USD' },
        mode: 'whole',
      }
    case 'kiro': {
      const beside = kiroPrograms.map((name) => join(HOME, '.local/bin', name))
      return {
        ...commonParts(setting),
        command: setting.command ?? 'kiro-cli',
        args: setting.args ?? [],
        readable: [...beside, ...(setting.readable ?? [])],
        mode: setting.mode ?? 'kiro',
      }
    }
    default: {
      const preset = findPreset(setting.agent)
      return {
        ...commonParts(setting),
        command: setting.command ?? preset?.command ?? setting.agent,
        args: setting.args ?? preset?.args ?? [],
        network: networkOf(setting, preset?.hosts),
        mode: setting.mode ?? 'tasks',
      }
    }
  }
}

function commonParts(setting: AgentSetting) {
  return {
    name: setting.agent,
    env: readKeys(setting.env ?? {}),
    readable: setting.readable ?? [],
    network: networkOf(setting),
    rate: setting.rate,
    kiro: { engine: setting.engine ?? 'auto' },
  }
}

function networkOf({ hosts = [], networks = [] }: AgentSetting, usual: readonly string[] = []) {
  return { hosts: [...usual, ...hosts], networks }
}

const minuteMs = 60_000
const mib = 1024 * 1024

/** A value for each limit that is set. */
function defined(limits: { [K in keyof BuildLimits]?: BuildLimits[K] | undefined }) {
  const set = Object.entries(limits).filter(([, value]) => value !== undefined)
  return Object.fromEntries(set) as Partial<BuildLimits>
}

const times = (value: number | undefined, unit: number) =>
  value === undefined ? undefined : Math.round(value * unit)

/** The limits of a build in the runner's units, as far as the settings name them. */
export function limitsOf({ limits = {} }: AgentSetting): Partial<BuildLimits> {
  return defined({
    wallMs: times(limits.minutes, minuteMs),
    idleMs: times(limits.idleMinutes, minuteMs),
    answerMs: times(limits.answerMinutes, minuteMs),
    turns: limits.turns,
    spend: limits.spend,
    diskBytes: times(limits.diskMb, mib),
    memoryBytes: times(limits.memoryMb, mib),
    diskFiles: limits.files,
    processes: limits.processes,
    outputBytes: times(limits.outputMb, mib),
  })
}

/** An environment with the content of the file in the place of each `NAME_FILE`. */
function readKeys(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) =>
      name.endsWith('_FILE')
        ? [name.slice(0, -'_FILE'.length), readKey(name, value)]
        : [name, value],
    ),
  )
}

function readKey(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    const message = `The file ${file} that ${name} of the agent's environment names cannot be read.`
    throw new AppError('bad_agent', message, { status: 422, cause })
  }
}

/**
 * Says which agent builds, where its program is and what it lacks.
 *
 * @throws AppError `bad_agent`, or `agent_missing` when its program is not on the search path
 */
export function describeAgent(config: Config): string {
  const { name, command, env, mode } = makeAgent(config)
  if (name === 'scaffolder') return 'the built-in scaffolder'
  const preset = findPreset(name)
  const found = findProgram(command, config.PATH)
  if (found === undefined) {
    const how = preset ? ` Install it: ${preset.install}` : ''
    throw new AppError('agent_missing', `${name}: ${command} is not there to be started.${how}`)
  }
  const keys = preset?.keys ?? (name === 'kiro' ? ['KIRO_API_KEY'] : [])
  const lacksKey = keys.length > 0 && !keys.some((key) => key in env)
  const missing = lacksKey ? `; its env holds no ${keys.join(' or ')}` : ''
  return `${name} at ${found.file}, mode ${mode}${missing}`
}
