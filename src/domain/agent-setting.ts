import { z } from 'zod'
import { invalidInput } from './errors.ts'

/** One way of driving Kiro alone, or the best that the installed one can go. */
export const KiroEngine = z.enum(['auto', 'v3', 'v2', 'chat'])
export type KiroEngine = z.infer<typeof KiroEngine>

/** Which agent carries builds out, and what of it is not as usual. */
export const AgentSetting = z.strictObject({
  agent: z.enum(['scaffolder', 'kiro']),
  /** The program, where it is not found by its usual name. */
  command: z.string().min(1).max(1_000).optional(),
  /** Put before what the program is given anyway. */
  args: z.array(z.string().max(4_000)).max(50).optional(),
  /** Its environment, with its keys; nothing of the runner's own is handed on. */
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string().max(20_000)).optional(),
  /** Files and folders that it may read in its sandbox. */
  readable: z.array(z.string().min(1).max(1_000)).max(50).optional(),
  /** Hosts that it may connect to from its sandbox: `api.example.org`, `*.example.org:8443`. */
  hosts: z.array(z.string().min(1).max(300)).max(100).optional(),
  /** Whether it may run commands when it asks for leave. */
  commands: z.boolean().optional(),
  /** For Kiro. */
  engine: KiroEngine.optional(),
})
export type AgentSetting = z.infer<typeof AgentSetting>

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
 * `{"agent": "kiro", "env": {"KIRO_API_KEY": "ksk_…"}}`.
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
