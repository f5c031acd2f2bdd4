import type { BuildEventBody } from '../../domain/build.ts'
import type { DeliverTarget } from '../../domain/deliver.ts'
import { toAppError } from '../../domain/errors.ts'
import type { Vault } from '../builds/build-secrets.ts'
import type { Build } from '../builds/build.ts'
import type { GuardedHttp } from '../egress/guarded-http.ts'
import { cleanLine } from '../process/log-text.ts'
import type { Git } from '../workspace/git.ts'
import { deliver, type DeliveryEvent } from './deliver.ts'

/** How a runner delivers. */
export interface DeliverySettings {
  http: GuardedHttp
  vault: Vault
  /** Where to, for orders that do not say; whoever runs the runner has named it, so it may be anywhere. */
  own: { target: DeliverTarget; http: GuardedHttp } | undefined
  /** Milliseconds before each further attempt. */
  delays: readonly number[]
}

type Completed = Extract<BuildEventBody, { type: 'build.completed' }>

export interface DeliveredBuild {
  build: Build
  completed: Completed
  /** git in the workspace. */
  git: Git
  /** The environment of the build's programs. */
  env: Record<string, string>
  signal: AbortSignal
}

async function targetOf(
  { order, folder }: Build,
  { vault, http, own }: DeliverySettings,
): Promise<DeliverySettings['own']> {
  if (!order.deliver) return own
  const { deliver_token: token } = await vault.read(folder.secrets)
  return { target: { ...order.deliver, ...(token !== undefined && { token }) }, http }
}

/** The runner's own words: what the plan and the agent say stays in the files. */
function summarise({ build, completed }: DeliveredBuild): string {
  const { plan_hash: hash, feature, build_id: id } = build.order
  const { done, total, tests } = completed
  return [
    `Built by Talkwright: ${done} of ${total} tasks, ${tests.passed} tests passed.`,
    '',
    `- The plan is in \`.kiro/specs/${feature}/\`; \`tasks.md\` says what is done.`,
    '- Each task that is done has a commit of its own.',
    `- Build \`${id}\`, plan \`${hash.slice(0, 12)}\`, commit \`${completed.commit.slice(0, 12)}\`.`,
  ].join('\n')
}

/** Delivers a completed build; undefined when nobody has said where to. */
export async function deliverBuild(
  delivered: DeliveredBuild,
  settings: DeliverySettings,
): Promise<DeliveryEvent | undefined> {
  const { build, completed, git, env, signal } = delivered
  const { order, folder } = build
  try {
    const where = await targetOf(build, settings)
    if (!where) return undefined
    return await deliver({
      ...where,
      folder,
      workspaceGit: git,
      // An agent may have put a .netrc into its HOME.
      env: { ...env, HOME: folder.root, TMPDIR: folder.root },
      delays: settings.delays,
      signal,
      commit: completed.commit,
      title: cleanLine(order.name, 120),
      summary: summarise(delivered),
    })
  } catch (error) {
    const { code, message } = toAppError(error)
    return { type: 'build.not_delivered', code, message: cleanLine(message, 2_000) }
  }
}
