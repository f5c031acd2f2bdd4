import { rm } from 'node:fs/promises'
import type { CreateBuild } from '../../domain/build.ts'
import { invalidInput } from '../../domain/errors.ts'
import { planHash } from '../../domain/plan.ts'
import { acceptanceCriteria } from '../../kiro/requirements-in.ts'
import { makeBuildFolder, writeOrder, type BuildFolder } from './build-folder.ts'
import { buildEnvironment } from '../process/environment.ts'
import { gitIn } from '../workspace/git.ts'
import type { BuildOrder, PlannedTask } from './order.ts'
import type { Vault } from './build-secrets.ts'
import { taskLeaves } from '../evidence/task-leaves.ts'
import type { Sandbox } from '../sandbox/sandbox.ts'
import { fillWorkspace } from '../workspace/workspace.ts'

export interface AcceptOptions {
  root: string
  path: string
  sandbox: Sandbox
  clock: () => Date
  vault: Vault
  ids: () => string
}

/** Who asked, and for what, as far as repeats are told by it. */
export interface RequestIdentity {
  idempotencyKey: string | undefined
  requestHash: string
}

/** Criteria that a build tells of; a plan of a person's size has a few dozen. */
const maxCriteria = 2_000

/** Tasks that a build carries out at most; each is looked at anew whenever one changes. */
const maxTasks = 2_000

/** The leaf tasks of the plan to be built; throws `plan_without_tasks`, `plan_too_large`. */
function plannedTasks({ files, feature }: CreateBuild): PlannedTask[] {
  const file = files.find(({ path }) => path === `.kiro/specs/${feature}/tasks.md`)
  const leaves = file ? taskLeaves(file.content) : []
  if (leaves.length === 0) {
    const message = `The plan holds no tasks in .kiro/specs/${feature}/tasks.md.`
    throw invalidInput('plan_without_tasks', message)
  }
  if (leaves.length > maxTasks) {
    const message = `The plan holds ${leaves.length} tasks; a build takes ${maxTasks} at most. Split the plan up.`
    throw invalidInput('plan_too_large', message)
  }
  return leaves.map(({ number, title, optional }) => ({ number, title, optional }))
}

/** Refuses a plan that is not the one its hash names, or that says a path twice. */
async function assertPlan({ files, plan_hash }: CreateBuild): Promise<void> {
  const paths = new Set(files.map((file) => file.path.toLowerCase()))
  if (paths.size !== files.length) {
    throw invalidInput('duplicate_path', 'Two files of the plan have the same path.')
  }
  if ((await planHash(files)) !== plan_hash) {
    throw invalidInput(
      'plan_hash_mismatch',
      'plan_hash is not the hash of these files: send the plan that was approved, unchanged.',
    )
  }
}

/** Takes an order in: the plan is checked, lies committed in its workspace, and is on disk. */
export async function acceptBuild(
  input: CreateBuild,
  identity: RequestIdentity,
  options: AcceptOptions,
): Promise<{ order: BuildOrder; folder: BuildFolder }> {
  await assertPlan(input)
  const tasks = plannedTasks(input)
  const id = options
    .ids()
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .toLowerCase()
  const { files, webhook_secret, deliver, ...rest } = input
  const { token: deliver_token, ...target } = deliver ?? {}
  const folder = await makeBuildFolder(options.root, input.name, id)
  try {
    const env = buildEnvironment(options.path, folder.home, `bld_${id}`)
    const git = gitIn(folder.workspace, env, options.sandbox.inside(folder))
    const order: BuildOrder = {
      ...rest,
      ...(deliver && { deliver: { ...target, url: deliver.url } }),
      version: 1,
      project_id: `prj_${id}`,
      build_id: `bld_${id}`,
      created_at: options.clock().toISOString(),
      ...(identity.idempotencyKey !== undefined && { idempotency_key: identity.idempotencyKey }),
      request_hash: identity.requestHash,
      tasks,
      criteria: acceptanceCriteria(files).slice(0, maxCriteria),
      base_commit: await fillWorkspace(folder, git, files, input.plan_hash),
    }
    await options.vault.store(folder.secrets, { webhook_secret, deliver_token })
    await writeOrder(folder, order)
    return { order, folder }
  } catch (error) {
    await rm(folder.root, { recursive: true, force: true })
    throw error
  }
}
