import { RunnerLoad } from '../domain/build.ts'
import { AppError, toAppError } from '../domain/errors.ts'
import { type BuildClient, createBuildClient } from './client.ts'
import { createTransport, readAs, type TransportOptions } from './transport.ts'

/** One of those that builds can be handed to. */
export interface Builder {
  /** Kept with each build that it has; stays the same over restarts. */
  name: string
  client: BuildClient
  /** How busy it is; undefined when it does not tell. Throws as the client does. */
  load(): Promise<RunnerLoad | undefined>
}

/** How a builder is doing, or why it did not answer; neither when it does not tell. */
export interface BuilderState {
  name: string
  load?: RunnerLoad
  error?: AppError
}

/** Those that builds can be handed to. */
export interface Builders {
  /**
   * The name of the least busy one that answers.
   *
   * @throws AppError `build_api_unreachable` when none does.
   */
  choose(): Promise<string>
  /**
   * The client of the one with this name; null stands for the first, as builds of old do not say.
   *
   * @throws AppError `builder_unknown` when the settings name it no more.
   */
  at(name: string | null): BuildClient
  /** How each of them is doing. */
  loads(): Promise<BuilderState[]>
}

/** For this long a busy builder may keep a new build waiting. */
const loadTimeoutMs = 3_000

/** A builder behind the build API at an address. */
export function createBuilder(name: string, options: TransportOptions): Builder {
  const transport = createTransport({ ...options, timeoutMs: loadTimeoutMs })
  return {
    name,
    client: createBuildClient(options),
    async load() {
      try {
        return await readAs(RunnerLoad, await transport.request('GET', '/v1/runner'))
      } catch (error) {
        // An implementer of the build API need not tell.
        if (toAppError(error).code === 'build_not_found') return undefined
        throw error
      }
    },
  }
}

/** How full a builder is: 1 when each slot has its build; one that does not tell counts as full. */
function fullness(load: RunnerLoad | undefined): number {
  return load === undefined ? 1 : (load.running + load.waiting) / load.slots
}

async function leastBusy(builders: readonly Builder[], random: () => number): Promise<string> {
  const asked = await Promise.allSettled(builders.map((builder) => builder.load()))
  const [best] = builders
    .flatMap(({ name }, index) => {
      const answer = asked[index]
      if (answer?.status !== 'fulfilled') return []
      return [{ name, fullness: fullness(answer.value), draw: random() }]
    })
    .sort((a, b) => a.fullness - b.fullness || a.draw - b.draw)
  if (best !== undefined) return best.name
  throw new AppError(
    'build_api_unreachable',
    'None of the builders answers: are the runners up, and KIRO_API_URL right?',
    { status: 502, retryable: true },
  )
}

async function stateOf({ name, load }: Pick<Builder, 'name' | 'load'>): Promise<BuilderState> {
  try {
    const told = await load()
    return { name, ...(told !== undefined && { load: told }) }
  } catch (thrown) {
    return { name, error: toAppError(thrown) }
  }
}

/** A choice of builders, of which there is at least one. */
export function createBuilders(
  builders: readonly [Builder, ...Builder[]],
  random: () => number,
): Builders {
  const [first, ...others] = builders
  const byName = new Map(builders.map((builder) => [builder.name, builder]))
  return {
    choose: async () => (others.length === 0 ? first.name : leastBusy(builders, random)),
    at(name) {
      const builder = name === null ? first : byName.get(name)
      if (builder !== undefined) return builder.client
      const message = `This process knows no builder ${name}: it has the build, but KIRO_API_URL does not name it.`
      throw new AppError('builder_unknown', message, { status: 502, retryable: true })
    },
    loads: () => Promise.all(builders.map(stateOf)),
  }
}

/** One builder that is not chosen among others. */
export function oneBuilder(client: BuildClient, name = 'builder'): Builders {
  return { choose: async () => name, at: () => client, loads: async () => [{ name }] }
}
