import type {
  AnswerBuild,
  BuildCreated,
  BuildRate,
  BuildStatus,
  CreateBuild,
  RunnerLoad,
} from '../../domain/build.ts'
import { AppError } from '../../domain/errors.ts'
import { canonicalJson, sha256 } from '../../domain/json.ts'
import { acceptBuild, type AcceptOptions } from './accept-build.ts'
import type { AgentDriver } from '../agents/agent-driver.ts'
import { type BuildReader, readBuilds } from './read-builds.ts'
import type { Build } from './build.ts'
import { createBuildQueue, type BuildQueue } from './build-queue.ts'
import { isSettled } from './build-status.ts'
import { endBroken } from './end-broken.ts'
import { noteCancelled } from './cancel-note.ts'
import { createIdempotency } from '../api/idempotency.ts'
import type { LiveBuild, LiveBuilds } from './live-builds.ts'
import type { BuildLimits } from '../options.ts'
import type { DeliverySettings } from '../deliver/deliver-build.ts'
import type { GuardedHttp, Resolve } from '../egress/guarded-http.ts'
import type { Log } from '../../domain/log.ts'
import type { Mask, Secret } from '../process/secrets.ts'
import { restoreBuilds } from './restore.ts'
import { runBuild } from './run-build.ts'
import type { RunBuildOptions } from './run.ts'

export interface DeskOptions extends AcceptOptions {
  builds: LiveBuilds
  driver: AgentDriver
  rate: BuildRate | undefined
  limits: BuildLimits
  mask: Mask
  secrets: readonly Secret[]
  resolve: Resolve
  log: Log
  maxConcurrent: number
  maxQueued: number
  maxQueuedOfWorkspace: number
  http: GuardedHttp
  delivery: DeliverySettings
}

/** What the build API can be asked. */
export interface BuildDesk extends BuildReader, AsyncDisposable {
  create(input: CreateBuild, idempotencyKey: string | undefined): Promise<BuildCreated>
  load(): RunnerLoad
  /** Ends a build; one that is settled already stays as it is. */
  cancel(id: string): Promise<BuildStatus>
  /** Answers a question; throws `question_closed`, `unknown_option`, `text_not_accepted`. */
  answer(id: string, answer: AnswerBuild): Promise<BuildStatus>
}

/** Opens the desk: takes up what an earlier run of the runner left, then answers. */
export async function openBuildDesk(options: DeskOptions): Promise<BuildDesk> {
  const { builds } = options
  const queue = createBuildQueue(options.maxConcurrent)
  const taking = createTaking(options, queue)
  const repeats = createIdempotency()
  const closing = new AbortController()

  const enqueue = ({ build, watch, questions, delivery: flow }: LiveBuild) =>
    queue.add({
      id: build.order.build_id,
      owner: ownerOf(build.order),
      run: () =>
        runLogged(build, { ...options, watch, ask: questions.ask, flow, signal: closing.signal }),
    })

  await restoreBuilds(options, (order) => repeats.remember(order), enqueue)

  const accept = async (input: CreateBuild, key: string | undefined, hash: string) => {
    await options.http.check(input.webhook_url)
    if (input.deliver) await options.http.check(input.deliver.url)
    const identity = { idempotencyKey: key, requestHash: hash }
    const { order, folder } = await acceptBuild(input, identity, options)
    builds.know(order, folder)
    enqueue(await builds.get(order.build_id))
    return { project_id: order.project_id, build_id: order.build_id }
  }
  return {
    async create(input, key) {
      if (closing.signal.aborted)
        throw new AppError('closing', 'The runner is shutting down.', unavailable)
      const hash = await fingerprint(input)
      return repeats.once(key, hash, () =>
        taking.in(ownerOf(input), () => accept(input, key, hash)),
      )
    },
    load: () => ({
      agent: options.driver.name,
      running: queue.running,
      waiting: queue.waiting,
      slots: options.maxConcurrent,
      ...(options.rate && { rate: options.rate }),
    }),
    ...readBuilds(options),
    async cancel(id) {
      const { build, watch } = await builds.get(id)
      if (isSettled(build.status().state)) return build.status()
      await noteCancelled(build.folder)
      if (queue.remove(id)) await build.record({ type: 'build.cancelled' })
      else watch.stop('cancelled')
      return build.status()
    },
    answer: async (id, given) => answerQuestion(await builds.get(id), given),
    async [Symbol.asyncDispose]() {
      closing.abort()
      const ended = queue.close()
      await builds.stopAll()
      await ended
      await builds[Symbol.asyncDispose]()
    },
  }
}

async function answerQuestion({ build, questions }: LiveBuild, given: AnswerBuild) {
  await questions.answer(given)
  return build.status()
}

/** Tells a repeated order from another one; a caller may have changed its secrets in between. */
function fingerprint({ webhook_secret: _secret, deliver, ...input }: CreateBuild): Promise<string> {
  const { token: _token, ...target } = deliver ?? {}
  return sha256(canonicalJson({ ...input, ...(deliver && { deliver: target }) }))
}

/** Builds are shared out between the workspaces that the callers name. */
function ownerOf({ metadata }: Pick<CreateBuild, 'metadata'>): string {
  return metadata['workspace'] ?? ''
}

/** Takes orders in as long as there is room for them, those that are being taken in counted too. */
function createTaking(
  { maxQueued, maxQueuedOfWorkspace }: Pick<DeskOptions, 'maxQueued' | 'maxQueuedOfWorkspace'>,
  queue: BuildQueue,
) {
  const owners: string[] = []
  return {
    async in<T>(owner: string, take: () => Promise<T>): Promise<T> {
      const all = queue.waiting + owners.length
      const own = queue.waitingOf(owner) + owners.filter((other) => other === owner).length
      if (all >= maxQueued || own >= maxQueuedOfWorkspace) throw tooManyBuilds()
      owners.push(owner)
      try {
        return await take()
      } finally {
        owners.splice(owners.indexOf(owner), 1)
      }
    },
  }
}

const unavailable = { status: 503, retryable: true }

function tooManyBuilds(): AppError {
  const message = 'Too many builds wait already: try again later.'
  return new AppError('too_many_builds', message, { status: 429, retryable: true })
}

/** Runs a build to its end, also when its events cannot be written for a time. */
async function runLogged(
  build: Build,
  run: DeskOptions & Pick<RunBuildOptions, 'watch' | 'ask' | 'flow'> & { signal: AbortSignal },
) {
  const id = build.order.build_id
  run.log.info({ build: id }, 'build_started')
  try {
    await runBuild(build, run)
    run.log.info({ build: id, state: build.status().state }, 'build_ended')
  } catch (error) {
    run.log.error({ err: error, build: id }, 'build_not_recorded')
    await endBroken(id, error, run)
  }
}
