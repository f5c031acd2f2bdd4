import { toAppError } from '../../domain/errors.ts'
import type { Claimed } from './claim.ts'
import { createRunning, type Running, type RunningOptions } from './running.ts'

export interface LaneOptions extends Omit<RunningOptions, 'onDone'> {
  /** How many jobs at once in this process. */
  slots: number
  /** Claims the next jobs, at most so many, those of the highest priority first. */
  claim: (most: number) => Promise<Claimed>
  /** How often to look without being told; undefined: never. */
  pollMs: number | undefined
  /** Called whenever a slot came free. */
  onFreed?: () => void
}

/** The slots of one stage in one process. */
export interface Lane extends Pick<Running, 'nextDone' | 'beat'> {
  readonly name: string
  /** There may be work: looks for it now, or with other calls in a moment. */
  call(): void
  /** Looks for jobs now; resolves when it has none to start any more. */
  poke(): Promise<void>
  freeSlots(): number
  active(): number
  /** A look is under way or about to begin, so there may be jobs that it will find. */
  looking(): boolean
  /** Its last claim failed, so there may be jobs that it did not see. */
  unsure(): boolean
  /** Claims nothing from now on. */
  close(): void
  /** Ends what is still under way and gives it back; it may take a while longer to be done. */
  release(): Promise<void>
}

/** Keeps one process from taking everything at the start. */
const largestClaim = 64

/** How long a busy lane gathers calls before it looks. */
const gatherMs = 3

interface State {
  closed: boolean
  /** Somebody called since the last look began. */
  wanted: boolean
  unsure: boolean
}

/** Claims until there is nothing left to claim or no slot to put it in. */
async function look(options: LaneOptions, state: State, running: Running): Promise<void> {
  while (state.wanted && !state.closed) {
    state.wanted = false
    const most = Math.min(options.slots - running.count(), largestClaim)
    if (most <= 0) return
    const { claims, leftOut } = await options.claim(most)
    if (state.closed) {
      // Claimed while it was being closed: nobody has begun with these.
      if (claims.length > 0) await options.handBack(claims)
      return
    }
    for (const claim of claims) running.start(claim)
    if (claims.length === most || leftOut) state.wanted = true
  }
}

async function tryToLook(options: LaneOptions, state: State, running: Running): Promise<void> {
  try {
    await look(options, state, running)
    state.unsure = false
  } catch (thrown) {
    state.unsure = true
    options.log.warn({ lane: options.name, code: toAppError(thrown).code }, 'queue.claim_failed')
  }
}

export function createLane(options: LaneOptions): Lane {
  const { name, slots, pollMs } = options
  const state: State = { closed: false, wanted: false, unsure: false }
  let looking: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let gathering: NodeJS.Timeout | undefined
  const running = createRunning({
    ...options,
    onDone: () => {
      options.onFreed?.()
      call()
    },
  })

  async function lookAndRest(): Promise<void> {
    await tryToLook(options, state, running)
    looking = undefined
    clearTimeout(timer)
    if (state.closed) return
    // Somebody may have called between the last claim and this line.
    if (state.wanted) return poke()
    if (pollMs === undefined) return
    // Spread, so that many workers do not ask in step.
    timer = setTimeout(() => void poke(), pollMs * (0.75 + Math.random() / 2))
  }

  /** Under load a few calls are answered by one claim; an idle lane looks at once. */
  function call(): void {
    if (running.count() === 0) void poke()
    else if (!state.closed) gathering ??= setTimeout(() => void poke(), gatherMs)
  }

  function poke(): Promise<void> {
    clearTimeout(gathering)
    gathering = undefined
    state.wanted = true
    if (state.closed) return Promise.resolve()
    looking ??= lookAndRest()
    return looking
  }

  return {
    name,
    call,
    poke,
    freeSlots: () => slots - running.count(),
    active: () => running.count(),
    looking: () => looking !== undefined || gathering !== undefined,
    unsure: () => state.unsure,
    nextDone: () => running.nextDone(),
    beat: () => running.beat(),
    close() {
      state.closed = true
      clearTimeout(timer)
      clearTimeout(gathering)
      gathering = undefined
    },
    async release() {
      await looking
      await running.release()
    },
  }
}
