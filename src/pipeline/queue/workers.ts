import type { Slots } from '../../domain/capacity.ts'
import { AppError, toAppError } from '../../domain/errors.ts'
import type { Log } from '../../domain/log.ts'
import type { Engine } from './engine.ts'
import type { Lane } from './lane.ts'
import { type Handlers, type LaneParts, makeLanes } from './stage-lanes.ts'

export interface DrainOptions {
  slots: Slots
  /** When this process may be ended. */
  deadline: Date
  /** No job is claimed with less than this left. */
  reserveMs: number
}

export interface Drained {
  /** `empty`: nothing was left to do; `deadline`: it stopped in time and there may be more. */
  end: 'empty' | 'deadline'
  started: number
}

/** Those who carry out the jobs in this process. */
export interface Workers {
  /** Starts to carry out jobs, until `stop`. */
  work(handlers: Handlers, slots: Slots): void
  /** Carries out what is there and ends, in time. */
  drain(handlers: Handlers, options: DrainOptions): Promise<Drained>
  /** Hands back the jobs of a process that ended without its graceful stop; embedded database only. */
  recover(): Promise<number>
  /** Stops claiming, waits for what is under way at most so long, and gives the rest back. */
  stop(timeoutMs: number): Promise<void>
}

const pollMs = 2_000
/** Three beats fit into the engine's ten seconds, so that one may be lost. */
const beatMs = 3_000
const rescueMs = 1_000

async function quietly(
  log: Log,
  name: string,
  lanes: readonly Lane[],
  run: (lane: Lane) => Promise<void>,
) {
  await Promise.all(
    lanes.map((lane) =>
      run(lane).catch((thrown: unknown) => {
        log.warn({ lane: lane.name, code: toAppError(thrown).code }, name)
      }),
    ),
  )
}

async function rescueLost(engine: Engine, log: Log, lanes: readonly Lane[]): Promise<void> {
  try {
    const found = await engine.rescue()
    if (found === 0) return
    log.warn({ jobs: found }, 'queue.rescued')
    for (const lane of lanes) void lane.poke()
  } catch (thrown) {
    log.warn({ code: toAppError(thrown).code }, 'queue.rescue_failed')
  }
}

/** Resolves at a moment, or when the returned `cancel` is called. */
function until(at: Date): { reached: Promise<void>; cancel: () => void } {
  let cancel: () => void = () => undefined
  const reached = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, at.getTime() - Date.now()))
    cancel = () => {
      clearTimeout(timer)
      resolve()
    }
  })
  return { reached, cancel }
}

function later(ms: number): Date {
  return new Date(Date.now() + ms)
}

/** Waits for what is under way, at most so long, and gives the rest back. */
async function finish(log: Log, lanes: readonly Lane[], by: Date): Promise<void> {
  for (const lane of lanes) lane.close()
  const end = until(by)
  const idle = async () => {
    while (lanes.some((lane) => lane.active() > 0)) {
      await Promise.race(lanes.filter((lane) => lane.active() > 0).map((lane) => lane.nextDone()))
    }
  }
  await Promise.race([idle(), end.reached])
  end.cancel()
  await quietly(log, 'queue.hand_back_failed', lanes, (lane) => lane.release())
}

async function drainLanes(lanes: readonly Lane[], stopAt: Date): Promise<Drained['end']> {
  const end = until(stopAt)
  try {
    for (;;) {
      await Promise.all(lanes.map((lane) => lane.poke()))
      const busy = lanes.filter((lane) => lane.active() > 0)
      if (Date.now() >= stopAt.getTime()) return 'deadline'
      if (busy.length === 0) return 'empty'
      await Promise.race([end.reached, ...busy.map((lane) => lane.nextDone())])
    }
  } finally {
    end.cancel()
  }
}

/** Those who work the lanes; `lanes` is filled and emptied here and read by whoever wakes them. */
export function makeWorkers(parts: LaneParts, lanes: Lane[], onStop: () => Promise<void>): Workers {
  const { options, engine } = parts
  const { log } = options
  const beat = setInterval(() => {
    void quietly(log, 'queue.beat_failed', lanes, (lane) => lane.beat())
  }, beatMs)
  const rescue = setInterval(() => {
    // Only who can carry them out looks for lost jobs, and takes what it found at once.
    if (lanes.length > 0) void rescueLost(engine, log, lanes)
  }, rescueMs)
  for (const timer of [beat, rescue]) timer.unref()
  return {
    work(handlers, slots) {
      if (lanes.length > 0)
        throw new AppError('already_working', 'The workers are at work already.')
      lanes.push(...makeLanes(parts, handlers, slots, pollMs))
      for (const lane of lanes) void lane.poke()
    },
    async drain(handlers, { slots, deadline, reserveMs }) {
      await engine.rescue()
      await engine.supervise()
      let started = 0
      const counted = countStarts(handlers, () => {
        started += 1
      })
      const own = makeLanes(parts, counted, slots, undefined)
      lanes.push(...own)
      try {
        const end = await drainLanes(own, new Date(deadline.getTime() - reserveMs))
        // A second is left to give back what did not end in its reserve.
        await finish(log, own, new Date(deadline.getTime() - Math.min(1_000, reserveMs / 2)))
        return { end, started }
      } finally {
        lanes.splice(0, lanes.length, ...lanes.filter((lane) => !own.includes(lane)))
      }
    },
    recover: () => engine.failActive(),
    async stop(timeoutMs) {
      await finish(log, lanes, later(timeoutMs))
      clearInterval(beat)
      clearInterval(rescue)
      await onStop()
    },
  }
}

function countStarts(handlers: Handlers, count: () => void): Handlers {
  const { ingest, fetch, analyse, plan, build } = handlers.stages
  const counting =
    <A>(handler: (attempt: A) => Promise<void>) =>
    (attempt: A): Promise<void> => {
      count()
      return handler(attempt)
    }
  return {
    lost: handlers.lost,
    stages: {
      ingest: counting(ingest),
      fetch: counting(fetch),
      analyse: counting(analyse),
      plan: counting(plan),
      build: counting(build),
    },
  }
}
