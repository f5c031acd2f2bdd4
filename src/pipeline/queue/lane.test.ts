import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { silentLog } from '../../domain/log.ts'
import { createLane, type Lane } from './lane.ts'
import { type Claimed, nothingClaimed } from './claim.ts'
import type { Claim } from './running.ts'

// Only the lane's own timers are turned by hand; the order of everything else is fast-check's.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

interface Job {
  id: string
  state: 'waiting' | 'active' | 'done'
  number: number
}

/** A job engine in memory, whose answers come when the scheduler lets them. */
function createEngine(scheduler: fc.Scheduler, slots: number) {
  const jobs: Job[] = []
  /** Attempts whose handler has not ended. */
  let handlers = 0
  const faults: string[] = []
  let failing = 0

  const holds = ({ id, number }: Claim) =>
    jobs.find((job) => job.id === id && job.state === 'active' && job.number === number)

  async function claim(most: number): Promise<Claimed> {
    await scheduler.schedule(Promise.resolve(), 'claim')
    if (failing > 0) {
      failing -= 1
      throw new Error('the claim failed')
    }
    const taken = jobs.filter(({ state }) => state === 'waiting').slice(0, most)
    for (const job of taken) job.state = 'active'
    const claims = taken.map(({ id, number }) => ({ id, number, data: null, expireSeconds: 900 }))
    await scheduler.schedule(Promise.resolve(), 'answer')
    return { claims, leftOut: false }
  }

  async function run(claim: Claim, signal: AbortSignal): Promise<void> {
    handlers += 1
    if (handlers > slots) faults.push(`${handlers} at once`)
    await scheduler.schedule(Promise.resolve(), 'work')
    handlers -= 1
    if (signal.aborted) throw signal.reason as Error
    const job = holds(claim)
    if (job === undefined) throw new Error('fenced')
    job.state = 'done'
  }

  return {
    jobs,
    faults,
    add: () => jobs.push({ id: `j${jobs.length}`, state: 'waiting', number: 1 }),
    failNext: () => {
      failing += 1
    },
    /** Another worker thinks that this one is dead: the job may be claimed by anybody again. */
    rescue(index: number) {
      const active = jobs.filter(({ state }) => state === 'active')
      const job = active[index % Math.max(1, active.length)]
      if (job === undefined) return
      job.state = 'waiting'
      job.number += 1
    },
    handlers: () => handlers,
    options: {
      name: 'test',
      slots,
      log: silentLog,
      pollMs: 1_000,
      claim,
      run,
      beat: async (claims: readonly Claim[]) => {
        await scheduler.schedule(Promise.resolve(), 'beat')
        return new Set(claims.filter((one) => holds(one) !== undefined).map(({ id }) => id))
      },
      handBack: async (claims: readonly Claim[]) => {
        await scheduler.schedule(Promise.resolve(), 'hand back')
        for (const one of claims) {
          const job = holds(one)
          if (job !== undefined) job.state = 'waiting'
        }
      },
    },
  }
}

type Engine = ReturnType<typeof createEngine>
type Step = 'add' | 'poke' | 'add and poke' | 'fail' | 'beat' | 'rescue' | 'poll' | 'turn'

/** `index` says which job, and how many continuations run before the next step. */
const steps = fc.array(
  fc.record({
    kind: fc.oneof(
      { weight: 6, arbitrary: fc.constant<Step>('turn') },
      { weight: 6, arbitrary: fc.constantFrom<Step>('add and poke', 'rescue') },
      { weight: 3, arbitrary: fc.constantFrom<Step>('add', 'poke', 'fail', 'beat', 'poll') },
    ),
    index: fc.nat(12),
  }),
  { maxLength: 60 },
)

/** Lets everything that can go on go on, but no time pass. */
async function settle(scheduler: fc.Scheduler): Promise<void> {
  await scheduler.waitIdle()
}

async function take(
  step: { kind: Step; index: number },
  engine: Engine,
  lane: Lane,
  scheduler: fc.Scheduler,
): Promise<void> {
  switch (step.kind) {
    case 'add':
      engine.add()
      break
    case 'add and poke':
      engine.add()
      void lane.poke()
      break
    case 'poke':
      void lane.poke()
      break
    case 'fail':
      engine.failNext()
      break
    case 'beat':
      void lane.beat()
      break
    case 'rescue':
      engine.rescue(step.index)
      break
    case 'poll':
      vi.advanceTimersByTime(1_300)
      break
    case 'turn':
      if (scheduler.count() > 0) void scheduler.waitOne()
      break
  }
  for (let left = step.index; left > 0; left -= 1) await Promise.resolve()
}

const cases = [fc.scheduler(), steps, fc.integer({ min: 1, max: 4 })] as const

it('runs at most as many as it has slots, loses none, and leaves none waiting', async () => {
  await fc.assert(
    fc.asyncProperty(...cases, async (scheduler, taken, slots) => {
      const engine = createEngine(scheduler, slots)
      const lane = createLane(engine.options)
      try {
        for (const step of taken) await take(step, engine, lane, scheduler)
        await settle(scheduler)
        // A rescued job is news to nobody here but by the poll; claims may fail a few times more.
        for (let poll = 0; poll <= taken.length; poll += 1) {
          void lane.poke()
          await settle(scheduler)
        }
        expect(engine.faults).toEqual([])
        expect(engine.jobs.filter(({ state }) => state === 'waiting')).toEqual([])
        // Who was rescued in the middle may hold none, but nobody runs any more.
        expect(engine.handlers()).toBe(0)
        expect(lane.freeSlots()).toBe(slots)
        expect(engine.jobs.every(({ state }) => state === 'done')).toBe(true)
      } finally {
        lane.close()
      }
    }),
    { numRuns: 3000 },
  )
})

it('needs no second call for a job that it was told of', async () => {
  const quiet = steps.map((all) =>
    all.filter(({ kind }) => ['add and poke', 'poke', 'turn', 'beat'].includes(kind)),
  )
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), quiet, cases[2], async (scheduler, taken, slots) => {
      const engine = createEngine(scheduler, slots)
      // It never looks by itself.
      const lane = createLane({ ...engine.options, pollMs: undefined })
      try {
        for (const step of taken) await take(step, engine, lane, scheduler)
        await settle(scheduler)
        expect(engine.faults).toEqual([])
        expect(engine.jobs.every(({ state }) => state === 'done')).toBe(true)
      } finally {
        lane.close()
      }
    }),
    { numRuns: 500 },
  )
})

it('says that it looks for as long as it may find a job', async () => {
  const answer = Promise.withResolvers<Claimed>()
  const lane = createLane({
    name: 'test',
    slots: 1,
    log: silentLog,
    pollMs: undefined,
    claim: () => answer.promise,
    run: async () => undefined,
    beat: async () => new Set<string>(),
    handBack: async () => undefined,
  })
  expect(lane.looking()).toBe(false)
  const poked = lane.poke()
  expect(lane.looking()).toBe(true)
  answer.resolve(nothingClaimed)
  await poked
  expect(lane.looking()).toBe(false)
  lane.close()
})

it('looks again by itself after a claim that failed', async () => {
  await fc.assert(
    fc.asyncProperty(...cases, async (scheduler, taken, slots) => {
      const engine = createEngine(scheduler, slots)
      const lane = createLane(engine.options)
      try {
        engine.add()
        engine.failNext()
        void lane.poke()
        for (const step of taken) await take(step, engine, lane, scheduler)
        for (let poll = 0; poll <= taken.length + 1; poll += 1) {
          await settle(scheduler)
          vi.advanceTimersByTime(1_300)
        }
        await settle(scheduler)
        expect(engine.jobs.every(({ state }) => state === 'done')).toBe(true)
      } finally {
        lane.close()
      }
    }),
    { numRuns: 200 },
  )
})

it('keeps no job when it is closed at any moment and let go', async () => {
  await fc.assert(
    fc.asyncProperty(...cases, async (scheduler, taken, slots) => {
      const engine = createEngine(scheduler, slots)
      const lane = createLane(engine.options)
      for (const step of taken) await take(step, engine, lane, scheduler)
      lane.close()
      const released = lane.release()
      void lane.poke()
      await settle(scheduler)
      await released
      await settle(scheduler)
      expect(engine.faults).toEqual([])
      expect(engine.jobs.filter(({ state }) => state === 'active')).toEqual([])
      expect(lane.active()).toBe(0)
      // Handed back untried: only a rescue counts another attempt.
      const rescues = taken.filter(({ kind }) => kind === 'rescue').length
      const more = engine.jobs.reduce((sum, { number }) => sum + number - 1, 0)
      expect(more).toBeLessThanOrEqual(rescues)
      expect(vi.getTimerCount()).toBe(0)
    }),
    { numRuns: 500 },
  )
})
