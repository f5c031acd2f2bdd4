import { type Busy, defaultBusy } from './backlog.ts'
import { invalidInput } from './errors.ts'
import { Stage } from './status.ts'

/** How many jobs of each stage one process carries out at once. */
export type Slots = Readonly<Record<Stage, number>>

/** How many jobs may be active at once over all processes. */
export interface Limits {
  stages: Partial<Record<Stage, number>>
  /** By the provider's name; the stages that call it share the limit. */
  providers: Readonly<Record<string, number>>
}

export const defaultSlots: Slots = { ingest: 4, fetch: 4, analyse: 4, plan: 4, build: 2 }
export const noLimits: Limits = { stages: {}, providers: {} }

const most = 10_000

/** `name=number` parts, parted by spaces or commas. */
function parseCounts(text: string): [string, number][] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => {
      const [, name, number] = /^([a-z][a-z0-9_.-]{0,39})=(\d{1,5})$/.exec(part) ?? []
      if (name === undefined || Number(number) > most) {
        throw invalidInput(
          'bad_capacity',
          `"${part.slice(0, 60)}" must be a name, then = and a number up to ${most}, such as analyse=8`,
        )
      }
      return [name, Number(number)]
    })
}

function isStage(name: string): name is Stage {
  return Stage.safeParse(name).success
}

/**
 * Reads slots such as `analyse=8 plan=8`; a stage that is not named keeps its default, and one with
 * 0 is left to other processes.
 *
 * @throws AppError `bad_capacity` that names the part that is wrong.
 */
export function parseSlots(text: string): Slots {
  const slots: Record<Stage, number> = { ...defaultSlots }
  for (const [name, count] of parseCounts(text)) {
    if (!isStage(name)) {
      throw invalidInput(
        'bad_capacity',
        `"${name}" is no stage; the stages are ${Stage.options.join(', ')}`,
      )
    }
    slots[name] = count
  }
  return slots
}

/**
 * Reads limits such as `analyse=20 openai=30`: a stage's name limits that stage, any other name the
 * provider that is called so.
 *
 * @throws AppError `bad_capacity` that names the part that is wrong.
 */
export function parseLimits(text: string): Limits {
  const stages: Partial<Record<Stage, number>> = {}
  const providers: Record<string, number> = {}
  for (const [name, count] of parseCounts(text)) {
    if (count === 0) {
      throw invalidInput('bad_capacity', `A limit of 0 for "${name}" would stop it for good`)
    }
    if (isStage(name)) stages[name] = count
    else providers[name] = count
  }
  return { stages, providers }
}

/**
 * Reads from where on the queue counts as busy, such as `depth=1000 age=300`; what is not named
 * keeps its default.
 *
 * @throws AppError `bad_capacity` that names the part that is wrong.
 */
export function parseBusy(text: string): Busy {
  const busy = { ...defaultBusy }
  for (const [name, count] of parseCounts(text)) {
    if (name !== 'depth' && name !== 'age') {
      throw invalidInput('bad_capacity', `"${name}" is none of depth and age`)
    }
    busy[name] = count
  }
  return busy
}
