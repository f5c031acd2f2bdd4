import { defaultEngineOptions, type EngineOptions, startEngine } from './engine.ts'
import type { Lane } from './lane.ts'
import type { Queue } from './queue.ts'
import type { LaneParts, QueueSettings } from './stage-lanes.ts'
import { createWake } from './wake.ts'
import { makeWorkers, type Workers } from './workers.ts'
import { makeQueue } from './write-queue.ts'

export interface QueueOptions extends QueueSettings {
  engine?: Partial<EngineOptions>
}

export interface StartedQueue {
  queue: Queue
  workers: Workers
}

/**
 * Starts the job engine and gives both ends of it: the queue that stages write to, and the workers
 * that carry its jobs out.
 *
 * @throws whatever the database throws when it is not reachable.
 */
export async function startQueue(options: QueueOptions): Promise<StartedQueue> {
  const { database, log } = options
  const engine = await startEngine(database, { ...defaultEngineOptions, ...options.engine }, log)
  const lanes: Lane[] = []
  const poke = (name: string) => {
    for (const lane of lanes) if (lane.name === name) void lane.poke()
  }
  const wake = createWake({
    engine: database.engine,
    onWork: poke,
    onGap: () => lanes.forEach((lane) => void lane.poke()),
    log,
  })
  /** Lanes here take what they have room for; only what is beyond that is news for others. */
  const announce = (names: Set<string>): void => {
    const here = (name: string) => lanes.some((lane) => lane.name === name && lane.freeSlots() > 0)
    const elsewhere = [...names].filter((name) => !here(name))
    for (const name of names) poke(name)
    if (elsewhere.length > 0) wake.announce(elsewhere)
  }
  const parts: LaneParts = {
    options,
    engine,
    onFreed: (stage) => wake.announce([stage]),
  }
  const workers = makeWorkers(parts, lanes, async () => {
    await wake.close()
    await engine.stop()
  })
  return { queue: makeQueue(engine, announce), workers }
}
