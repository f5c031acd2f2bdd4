import type { PermissionPolicy } from '../domain/permission-policy.ts'
import type { AgentMode, KiroEngine } from '../domain/agent-setting.ts'
import type { DeliverTarget } from '../domain/deliver.ts'
import type { BuildCost, BuildRate } from '../domain/build.ts'
import type { Log } from '../domain/log.ts'
import type { ResourceLimits } from './builds/guard-resources.ts'
import type { SandboxMode } from './sandbox/open-sandbox.ts'
import type { NetworkAccess } from './egress/allowed-hosts.ts'
import type { Resolve } from './egress/guarded-http.ts'

/** What matters in the mode `kiro` only. */
export interface KiroSettings {
  engine: KiroEngine
  /** For the answer to `initialize`, which takes up to half a minute; milliseconds. */
  initMs: number
  /** How often Kiro is asked to go on with open tasks. */
  rounds: number
  /** How often in a row Kiro is started again without a task more being done. */
  restarts: number
}

export const defaultKiroSettings: KiroSettings = {
  engine: 'auto',
  initMs: 90_000,
  rounds: 10,
  restarts: 3,
}

/** The program that carries a build out: anything that speaks ACP on its standard streams. */
export interface AgentCommand {
  /** The name that events carry: `scaffolder`. */
  name: string
  command: string
  args: readonly string[]
  /** Added to the minimal environment; values of secret-looking names are masked in the log. */
  env: Readonly<Record<string, string>>
  /** Files and folders of the machine that it may read in its sandbox, besides the system's programs. */
  readable?: readonly string[]
  /** What it may connect to from its sandbox: its model, package registries. Nothing unless named. */
  network?: NetworkAccess
  /** What a task costs, as whoever pays for it expects; with 0 a build is told to have cost nothing. */
  rate?: BuildRate | undefined
  /** Talkwright's own agent: it runs nothing but what it wrote itself, so it may do without a sandbox. */
  isOwn?: boolean
  mode: AgentMode
  kiro?: Partial<KiroSettings>
}

/** Limits of one build; times in milliseconds. */
export interface BuildLimits extends ResourceLimits {
  /** From the agent's start to the end of its turn. */
  wallMs: number
  /** Without any message from the agent. */
  idleMs: number
  /** For `npm test` in the workspace. */
  testMs: number
  /** Between SIGTERM and SIGKILL. */
  graceMs: number
  /** How often a task goes back to the agent after a failed verification. */
  returns: number
  /** How often a build is taken up again after the runner was restarted. */
  restarts: number
  logLines: number
  /** For a person to answer a question, during which the other limits stand still; at zero nobody is asked. */
  answerMs: number
  /** Of all that the agent sends, in bytes. */
  outputBytes: number
  /** Prompts to the agent. */
  turns: number
  /** As the agent tells it; what is told in another currency is not held against it. */
  spend?: BuildCost
}

export const defaultLimits: BuildLimits = {
  wallMs: 20 * 60_000,
  idleMs: 5 * 60_000,
  testMs: 5 * 60_000,
  graceMs: 3_000,
  returns: 3,
  restarts: 3,
  logLines: 5_000,
  answerMs: 30 * 60_000,
  outputBytes: 512 * 1024 * 1024,
  turns: 1_000,
  diskBytes: 8 * 1024 ** 3,
  diskFiles: 500_000,
  processes: 1_000,
  memoryBytes: 8 * 1024 ** 3,
}

/** Limits that suit how the agent is handed a plan: with a model behind it, a task takes minutes. */
export function limitsFor({ mode }: AgentCommand): BuildLimits {
  return mode === 'whole' ? defaultLimits : { ...defaultLimits, wallMs: 4 * 60 * 60_000 }
}

/** Milliseconds before each further attempt at a webhook; delivery of a build stops after the last. */
export const defaultRetryDelays: readonly number[] = [
  1, 2, 5, 10, 30, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400,
].map((seconds) => seconds * 1_000)

/** Milliseconds before each further attempt to deliver a build. */
export const defaultDeliverDelays: readonly number[] = [2_000, 10_000, 30_000]

export interface RunnerOptions {
  /** Folder that holds one folder a build; made when missing. */
  root: string
  /** Bearer key that callers of the build API present. */
  apiKey: string
  /** `whsec_…`: signs the webhooks. */
  webhookSecret: string
  agent: AgentCommand
  /** Search path for git, npm and the agent; the running Node's own folder is put in front. */
  path: string
  clock: () => Date
  /** A fresh unguessable id of letters, digits and dashes: a UUID. */
  ids: () => string
  /** From 0 to below 1. */
  random: () => number
  /** Looks names up that webhooks go to; by the system unless said. */
  resolve?: Resolve
  /** Never given transcript text or secrets. */
  log: Log
  /** Builds that run at the same time; more wait their turn. */
  maxConcurrent?: number
  /** Builds that may wait, of all and of one workspace (`metadata.workspace`); more are answered 429. */
  maxQueued?: number
  maxQueuedOfWorkspace?: number
  /** Networks that are not public and that the runner may call all the same, as CIDR: none unless said. */
  allowedNetworks?: readonly string[]
  /** What agents may do that ask first; `usualPolicy` unless given. */
  permissions?: PermissionPolicy
  /** Default `auto`. */
  sandbox?: SandboxMode
  /** Where completed builds go whose order does not say; `file:` leads to a repository of this machine. */
  deliver?: DeliverTarget
  /** Milliseconds before each further attempt to deliver. */
  deliverDelays?: readonly number[]
  limits?: Partial<BuildLimits>
  retryDelays?: readonly number[]
}
