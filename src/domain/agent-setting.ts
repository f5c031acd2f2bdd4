import { z } from 'zod'
import { BuildRate } from './build.ts'
import { agentPresets, findPreset } from './agent-presets.ts'
import { invalidInput } from './errors.ts'
import { PermissionPolicy } from './permission-policy.ts'

/** One way of driving Kiro alone, or the best that the installed one can go. */
export const KiroEngine = z.enum(['auto', 'v3', 'v2', 'chat'])
export type KiroEngine = z.infer<typeof KiroEngine>

/**
 * How an agent is handed a plan: `whole` with one prompt for all of it, `tasks` one task at a time,
 * each verified and committed by the runner, `kiro` by Kiro's own methods for specs.
 */
export const AgentMode = z.enum(['whole', 'tasks', 'kiro'])
export type AgentMode = z.infer<typeof AgentMode>

const count = z.number().int().min(1).max(1_000_000_000).optional()
const minutes = z.number().positive().max(100_000).optional()

/** Limits of one build; over one of them it fails with that reason. */
export const AgentLimits = z.strictObject({
  /** From the agent's start to its end. */
  minutes,
  /** Without a sign of life. */
  idleMinutes: minutes,
  /** For a person to answer a question; at zero nobody is asked. */
  answerMinutes: z.number().nonnegative().max(100_000).optional(),
  turns: count,
  /** What the agent says that it has spent, in its own currency or unit: `USD`, `credits`. */
  spend: z.strictObject({ amount: z.number().positive(), currency: z.string().max(20) }).optional(),
  diskMb: count,
  memoryMb: count,
  files: count,
  processes: count,
  outputMb: count,
})
export type AgentLimits = z.infer<typeof AgentLimits>

const Settings = z.strictObject({
  /** `scaffolder`, `kiro`, the name of a preset, or a name of one's own with a `command`. */
  agent: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9-]*$/, 'must be small letters, digits and dashes'),
  /** The program, where it is not found by its usual name. */
  command: z.string().min(1).max(1_000).optional(),
  /** What the program is given instead of the preset's; for Kiro, what is put before its own. */
  args: z.array(z.string().max(4_000)).max(50).optional(),
  /** `tasks` unless set. */
  mode: AgentMode.optional(),
  /**
   * Its environment, with its keys; nothing of the runner's own is handed on. The value of `NAME_FILE`
   * is a file that holds the value of `NAME`.
   */
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string().max(20_000)).optional(),
  /** Files and folders that it may read in its sandbox. */
  readable: z.array(z.string().min(1).max(1_000)).max(50).optional(),
  /** Hosts that it may connect to from its sandbox: `api.example.org`, `*.example.org:8443`. */
  hosts: z.array(z.string().min(1).max(300)).max(100).optional(),
  /** Networks that these hosts may lead to although they are not public, as CIDR. */
  networks: z.array(z.string().min(1).max(100)).max(50).optional(),
  /** What it may do that asks for leave first; what suits the sandbox unless set. */
  permissions: PermissionPolicy.optional(),
  limits: AgentLimits.optional(),
  /** What a task costs, as far as it is known before: it is told before a plan is approved. */
  rate: BuildRate.optional(),
  /** For Kiro. */
  engine: KiroEngine.optional(),
})

/** Which agent carries builds out, and what of it is not as usual. */
export const AgentSetting = Settings.check(({ value, issues }) => {
  const say = (path: string[], message: string) =>
    issues.push({ code: 'custom', path, message, input: undefined })
  const { agent, command, env = {}, ...others } = value
  if (agent === 'scaffolder' && Object.keys(value).length > 1) {
    say([], 'the built-in scaffolder takes no settings')
  }
  if (!isKnown(agent) && command === undefined) {
    const names = ['scaffolder', 'kiro', ...Object.keys(agentPresets)].join(', ')
    say(['agent'], `it is none of ${names}; an agent of your own needs a command`)
  }
  for (const name of Object.keys(env)) {
    if (`${name}_FILE` in env) say(['env', name], `${name}_FILE is set too`)
  }
  const isKiro = (others.mode ?? agent) === 'kiro'
  if (others.engine !== undefined && !isKiro) say(['engine'], 'only Kiro has engines')
})
export type AgentSetting = z.infer<typeof AgentSetting>

function isKnown(agent: string): boolean {
  return agent === 'scaffolder' || agent === 'kiro' || findPreset(agent) !== undefined
}

export const usualAgent: AgentSetting = { agent: 'scaffolder' }

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalidInput('bad_agent', 'is no JSON, though it begins with {')
  }
}

/**
 * Reads an agent: its name, such as `kiro`, or a JSON object such as
 * `{"agent": "claude", "env": {"ANTHROPIC_API_KEY_FILE": "/run/secrets/anthropic"}}`.
 *
 * @throws AppError `bad_agent` that names the part that is wrong, and never a value.
 */
export function parseAgentSetting(text: string): AgentSetting {
  const trimmed = text.trim()
  const given = trimmed.startsWith('{') ? parseJson(trimmed) : { agent: trimmed }
  const { data, error } = AgentSetting.safeParse(given)
  if (data) return data
  const [issue] = error.issues
  const place = issue?.path.join('.') ?? ''
  throw invalidInput(
    'bad_agent',
    `${place === '' ? 'the agent' : place} is not right: ${issue?.message ?? 'it cannot be read'}`,
  )
}
