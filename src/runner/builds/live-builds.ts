import { notFound } from '../../domain/errors.ts'
import { openBuild, type Build } from './build.ts'
import type { BuildFolder } from './build-folder.ts'
import { startDelivery, type Delivery, type DeliveryOptions } from '../webhooks/delivery.ts'
import type { BuildOrder } from './order.ts'
import type { Mask } from '../process/secrets.ts'
import { createQuestions, type Questions, type QuestionsOptions } from './questions.ts'
import { createWatch, type Watch } from './watch.ts'

/** A build with what moves it. */
export interface LiveBuild {
  build: Build
  watch: Watch
  delivery: Delivery
  questions: Questions
}

/** The builds of a runner by id; one is opened when it is first needed. */
export interface LiveBuilds extends AsyncDisposable {
  /** Makes a build known without opening it. */
  know(order: BuildOrder, folder: BuildFolder): void
  /** Opens a build and goes on with its webhooks; throws `not_found`. */
  get(id: string): Promise<LiveBuild>
  /** Forgets all but what is on disk of a build, and opens it as after a restart; throws `not_found`. */
  renew(id: string): Promise<LiveBuild>
  stopAll(): Promise<void>
}

/** How questions are named and how long they wait, and what hides secrets in events. */
export type Asking = Pick<QuestionsOptions, 'ids' | 'answerMs'> & { mask: Mask }

export function createLiveBuilds(
  clock: () => Date,
  options: DeliveryOptions,
  asking: Asking,
): LiveBuilds {
  const known = new Map<string, () => Promise<LiveBuild>>()
  const opened = new Map<string, Promise<LiveBuild>>()

  const open = async (order: BuildOrder, folder: BuildFolder): Promise<LiveBuild> => {
    let delivery: Delivery | undefined
    const build = await openBuild(order, folder, clock, () => delivery?.wake(), asking.mask)
    delivery = startDelivery(build, options)
    const watch = createWatch()
    const questions = createQuestions({
      ...asking,
      record: (event) => build.record(event),
      watch,
      clock,
    })
    return { build, watch, delivery, questions }
  }
  const all = async () => {
    const results = await Promise.allSettled(opened.values())
    return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  }
  const get = async (id: string) => {
    const start = known.get(id)
    if (!start) throw notFound('build')
    const live = opened.get(id) ?? start()
    opened.set(id, live)
    // What kept it from being opened may pass.
    live.catch(() => opened.delete(id))
    return live
  }
  return {
    know: (order, folder) => known.set(order.build_id, () => open(order, folder)),
    get,
    async renew(id) {
      const before = await opened.get(id)?.catch(() => undefined)
      opened.delete(id)
      if (before) await close(before)
      return get(id)
    },
    async stopAll() {
      for (const { watch } of await all()) watch.stop('closing')
    },
    async [Symbol.asyncDispose]() {
      for (const live of await all()) await close(live)
    },
  }
}

async function close({ build, delivery }: LiveBuild): Promise<void> {
  await delivery[Symbol.asyncDispose]()
  await build[Symbol.asyncDispose]()
}
