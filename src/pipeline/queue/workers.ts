import type { Slots } from '../../domain/capacity.ts'
import { AppError, toAppError } from '../../domain/errors.ts'
import type { Log } from '../../domain/log.ts'
import type { Engine } from './engine.ts'
import type { Lane } from './lane.ts'
import { type Handlers, type LaneParts, makeLanes } from './stage-lanes.ts'
import { until } from './until.ts'

export interface DrainOptions {
  slots: Slots
  /** When this process may be ended. */
  deadline: Date
  /** No job is claimed with less than this left; what is under way has it to finish. */
  reserveMs: number
  /** Ends it early: nothing more is claimed, and what is under way has its reserve. */
  signal?: AbortSignal
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
/** What a stop waits for jobs that were told to end and given back; they can write no more. */
const lingerMs = 1_000
/** How long a drain waits before it asks a database again that did not answer. */
const againMs = 500

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

function later(ms: number): Date {
  return new Date(Date.now() + ms)
}

async function idle(lanes: readonly Lane[]): Promise<void> {
  for (;;) {
    const busy = lanes.filter((lane) => lane.active() > 0)
    if (busy.length === 0) return
    await Promise.race(busy.map((lane) => lane.nextDone()))
  }
}

/** Waits for something, at most until a moment. */
async function atMost(waiting: Promise<unknown>, by: Date): Promise<void> {
  const end = until(by)
  await Promise.race([waiting, end.reached])
  end.cancel()
}

/**
 * Waits for what is under way, at most until `by`, and gives the rest back. Whoever does not listen
 * to the signal of its end is left behind at `last`.
 */
async function finish(log: Log, lanes: readonly Lane[], by: Date, last: Date): Promise<void> {
  for (const lane of lanes) lane.close()
  await atMost(idle(lanes), by)
  const releasing = quietly(log, 'queue.hand_back_failed', lanes, (lane) => lane.release())
  await atMost(
    releasing.then(() => idle(lanes)),
    last,
  )
  for (const lane of lanes) {
    const jobs = lane.active()
    if (jobs > 0) log.warn({ lane: lane.name, jobs }, 'queue.left_behind')
  }
}

async function drainLanes(
  lanes: readonly Lane[],
  stopAt: Date,
  signal: AbortSignal | undefined,
): Promise<Drained['end']> {
  const end = until(stopAt, signal)
  const isOver = () => signal?.aborted === true || Date.now() >= stopAt.getTime()
  try {
    for (;;) {
      // Lanes that find something at each look look on and on, so the end is waited for as well.
      await Promise.race([end.reached, Promise.all(lanes.map((lane) => lane.poke()))])
      const busy = lanes.filter((lane) => lane.active() > 0)
      if (isOver()) return 'deadline'
      if (busy.length > 0) await Promise.race([end.reached, ...busy.map((lane) => lane.nextDone())])
      // While one lane looked for the first time, the jobs of another may have come to their end.
      else if (lanes.some((lane) => lane.looking())) continue
      else if (lanes.some((lane) => lane.unsure())) await atMost(end.reached, later(againMs))
      else return 'empty'
    }
  } finally {
    end.cancel()
  }
}

/** The engine's care of its tables; a drain goes on without it. */
async function care(engine: Engine, log: Log): Promise<void> {
  try {
    await engine.supervise()
  } catch (thrown) {
    log.warn({ code: toAppError(thrown).code }, 'queue.supervise_failed')
  }
}

async function drain(
  { engine, options: { log } }: LaneParts,
  own: readonly Lane[],
  { deadline, reserveMs, signal }: DrainOptions,
): Promise<Drained['end']> {
  // Beside the work: on a large table it takes its time.
  const caring = care(engine, log)
  const end = await drainLanes(own, new Date(deadline.getTime() - reserveMs), signal)
  const last = new Date(Math.min(deadline.getTime(), Date.now() + reserveMs))
  // A second is left to give back what did not end in its reserve.
  const by = new Date(last.getTime() - Math.min(1_000, reserveMs / 2))
  await finish(log, own, by, last)
  await atMost(caring, last)
  return end
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
    async drain(handlers, options) {
      await engine.rescue()
      let started = 0
      const counted = countStarts(handlers, () => {
        started += 1
      })
      const own = makeLanes(parts, counted, options.slots, undefined)
      lanes.push(...own)
      try {
        const end = await drain(parts, own, options)
        return { end, started }
      } finally {
        lanes.splice(0, lanes.length, ...lanes.filter((lane) => !own.includes(lane)))
      }
    },
    recover: () => engine.failActive(),
    async stop(timeoutMs) {
      await finish(log, lanes, later(timeoutMs), later(timeoutMs + lingerMs))
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
