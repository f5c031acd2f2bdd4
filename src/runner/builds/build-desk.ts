import { BuildWebhook } from '../../domain/build.ts'
import type { AnswerBuild, BuildCreated, BuildStatus, CreateBuild } from '../../domain/build.ts'
import { AppError, conflict } from '../../domain/errors.ts'
import { canonicalJson, sha256 } from '../../domain/json.ts'
import { acceptBuild, type AcceptOptions } from './accept-build.ts'
import type { AgentDriver } from '../agents/agent-driver.ts'
import { zipWorkspace } from '../workspace/artifact.ts'
import type { Build } from './build.ts'
import { findBuilds } from './build-folder.ts'
import { createBuildQueue } from './build-queue.ts'
import { isSettled } from './build-status.ts'
import { readDeliveryState } from '../webhooks/delivery-state.ts'
import { createIdempotency } from '../api/idempotency.ts'
import type { LiveBuild, LiveBuilds } from './live-builds.ts'
import type { BuildLimits } from '../options.ts'
import type { GuardedHttp } from '../egress/guarded-http.ts'
import type { Log } from '../../domain/log.ts'
import type { Resolve } from '../egress/guarded-http.ts'
import type { BuildOrder } from './order.ts'
import { runBuild, type RunBuildOptions } from './run-build.ts'

export interface DeskOptions extends AcceptOptions {
  builds: LiveBuilds
  driver: AgentDriver
  limits: BuildLimits
  mask: (text: string) => string
  resolve: Resolve
  log: Log
  maxConcurrent: number
  maxQueued: number
  http: GuardedHttp
}

/** What the build API can be asked. */
export interface BuildDesk extends AsyncDisposable {
  create(input: CreateBuild, idempotencyKey: string | undefined): Promise<BuildCreated>
  status(id: string): Promise<BuildStatus>
  events(id: string, after: number, limit: number): Promise<BuildWebhook[]>
  /** Ends a build; one that is settled already stays as it is. */
  cancel(id: string): Promise<BuildStatus>
  /** Answers a question; throws `question_closed`, `unknown_option`, `text_not_accepted`. */
  answer(id: string, answer: AnswerBuild): Promise<BuildStatus>
  /** The zipped workspace of a settled build. */
  artifact(id: string): Promise<ReadableStream<Uint8Array>>
}

/** Opens the desk: takes up what an earlier run of the runner left, then answers. */
export async function openBuildDesk(options: DeskOptions): Promise<BuildDesk> {
  const { builds } = options
  const queue = createBuildQueue(options.maxConcurrent)
  const repeats = createIdempotency()
  let closing = false

  const enqueue = ({ build, watch, questions }: LiveBuild) =>
    queue.add(build.order.build_id, () =>
      runLogged(build, { ...options, watch, ask: questions.ask }),
    )

  await restore(options, (order) => repeats.remember(order), enqueue)

  const accept = async (input: CreateBuild, key: string | undefined, hash: string) => {
    await options.http.check(input.webhook_url)
    const identity = { idempotencyKey: key, requestHash: hash }
    const { order, folder } = await acceptBuild(input, identity, options)
    builds.know(order, folder)
    enqueue(await builds.get(order.build_id))
    return { project_id: order.project_id, build_id: order.build_id }
  }
  return {
    async create(input, key) {
      if (closing) throw new AppError('closing', 'The runner is shutting down.', unavailable)
      const hash = await fingerprint(input)
      return repeats.once(key, hash, () => {
        if (queue.waiting >= options.maxQueued) throw tooManyBuilds()
        return accept(input, key, hash)
      })
    },
    status: async (id) => (await builds.get(id)).build.status(),
    async events(id, after, limit) {
      const { build } = await builds.get(id)
      const lines = await build.log.read(after + 1, after + limit)
      return lines.map((line) => BuildWebhook.parse(JSON.parse(line)))
    },
    async cancel(id) {
      const { build, watch } = await builds.get(id)
      if (queue.remove(id)) await build.record({ type: 'build.cancelled' })
      else if (!isSettled(build.status().state)) watch.stop('cancelled')
      return build.status()
    },
    async answer(id, given) {
      const { build, questions } = await builds.get(id)
      await questions.answer(given)
      return build.status()
    },
    async artifact(id) {
      const { build } = await builds.get(id)
      if (isSettled(build.status().state)) return zipWorkspace(build.folder.workspace)
      throw conflict('build_not_settled', 'The build still runs: download it when it has ended.')
    },
    async [Symbol.asyncDispose]() {
      closing = true
      const ended = queue.close()
      await builds.stopAll()
      await ended
      await builds[Symbol.asyncDispose]()
    },
  }
}

/** Tells a repeated order from another one; a caller may have changed its secrets in between. */
function fingerprint({ webhook_secret: _secret, ...input }: CreateBuild): Promise<string> {
  return sha256(canonicalJson(input))
}

const unavailable = { status: 503, retryable: true }

function tooManyBuilds(): AppError {
  const message = 'Too many builds wait already: try again later.'
  return new AppError('too_many_builds', message, { status: 429, retryable: true })
}

/** Runs a build to its end; a failure to write events is logged, and the next start tells of it. */
async function runLogged(build: Build, run: DeskOptions & Pick<RunBuildOptions, 'watch' | 'ask'>) {
  const id = build.order.build_id
  run.log.info({ build: id }, 'build_started')
  try {
    await runBuild(build, run)
    run.log.info({ build: id, state: build.status().state }, 'build_ended')
  } catch (error) {
    run.log.error({ err: error, build: id }, 'build_not_recorded')
  }
}

/** Takes up the builds on disk: queued ones wait again, and those that were running have failed. */
async function restore(
  { root, builds, sandbox, log }: DeskOptions,
  remember: (order: BuildOrder) => void,
  enqueue: (live: LiveBuild) => void,
): Promise<void> {
  const found = await findBuilds(root, (folder, error) =>
    log.error({ err: error, folder }, 'build_damaged'),
  )
  for (const { order, folder } of found) {
    remember(order)
    builds.know(order, folder)
    if ((await readDeliveryState(folder.delivery)).ended === 'complete') continue
    try {
      const live = await builds.get(order.build_id)
      const { state } = live.build.status()
      if (state === 'queued') enqueue(live)
      else if (!isSettled(state)) {
        await sandbox.clear(order.build_id)
        await live.build.record({
          type: 'build.failed',
          code: 'runner_restarted',
          message: 'The runner was restarted while the build ran: start the build again.',
        })
      }
    } catch (error) {
      log.error({ err: error, build: order.build_id }, 'build_damaged')
    }
  }
}
