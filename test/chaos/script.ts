import fc from 'fast-check'
import { type Message, messagesOf } from './talk.ts'

/** Something that goes wrong while conversations flow. */
export type Fault =
  /** A process dies at once; it is started again. 0 is the server, the others are workers. */
  | { kind: 'kill'; process: number }
  /** A process is asked to end; it is started again. */
  | { kind: 'end'; process: number }
  /** The build runner dies in the middle of the next build. */
  | { kind: 'kill_runner' }
  | { kind: 'crash_database'; downMs: number }
  | { kind: 'cut' }
  | { kind: 'refuse'; ms: number }
  /** Connections go mute; they stay so for good, or are reset when the other host is back. */
  | { kind: 'half_open'; ms: number; forGood: boolean }
  | { kind: 'latency'; ms: number; delayMs: number }
  | { kind: 'slow_close'; ms: number; delayMs: number }
  /** The database has committed, and nobody is told. */
  | { kind: 'cut_after_commit'; times: number }
  /** The connection breaks with a commit on its way. */
  | { kind: 'cut_before_commit'; times: number }
  | { kind: 'fill_disk' }

export interface Step {
  pauseMs: number
  fault: Fault
}

/** What a person does about a project while other things happen. */
export interface Visit {
  conversation: string
  /** The conversation's place in the round. */
  n: number
  does: 'talk' | 'answer'
  /** The key that makes a repeat harmless. */
  key: string
}

/** Everything about a round that chance decides. */
export interface Script {
  conversations: readonly { id: string; kind: 'plan' | 'build' }[]
  /** In the order in which they are sent; repeats among them. */
  deliveries: readonly Message[]
  /** In the order in which they are begun. */
  visits: readonly Visit[]
  steps: readonly Step[]
}

export interface Scale {
  conversations: number
  /** So many projects are gone on with: by a further talk, an answer, or both. */
  visited: number
  /** So many of them are approved by themselves and built. */
  builds: number
  workers: number
  /** How often each kind of fault comes, beside the crashes of the database that come all along. */
  rounds: number
  /** The kinds that come; all but the full disk by default. */
  faults?: readonly Fault['kind'][]
  /** Whether mute connections may stay so: what hangs on them is given up by time-outs alone. */
  muteForGood: boolean
}

/** Every kind of fault that needs nothing of the machine, but the crashes between them. */
export const allFaults: readonly Fault['kind'][] = [
  'kill',
  'end',
  'kill_runner',
  'cut',
  'refuse',
  'half_open',
  'latency',
  'slow_close',
  'cut_after_commit',
  'cut_before_commit',
]

function faultOf(kind: Fault['kind'], scale: Scale): fc.Arbitrary<Fault> {
  const ms = fc.integer({ min: 300, max: 1_500 })
  const times = fc.integer({ min: 2, max: 6 })
  const process = fc.integer({ min: 0, max: scale.workers })
  const parts = {
    kill: fc.record({ kind: fc.constant('kill' as const), process }),
    end: fc.record({ kind: fc.constant('end' as const), process }),
    kill_runner: fc.record({ kind: fc.constant('kill_runner' as const) }),
    crash_database: fc.record({ kind: fc.constant('crash_database' as const), downMs: ms }),
    cut: fc.record({ kind: fc.constant('cut' as const) }),
    refuse: fc.record({ kind: fc.constant('refuse' as const), ms }),
    half_open: fc.record({
      kind: fc.constant('half_open' as const),
      ms,
      forGood: scale.muteForGood ? fc.boolean() : fc.constant(false),
    }),
    latency: fc.record({
      kind: fc.constant('latency' as const),
      ms,
      delayMs: fc.integer({ min: 1, max: 60 }),
    }),
    slow_close: fc.record({ kind: fc.constant('slow_close' as const), ms, delayMs: ms }),
    cut_after_commit: fc.record({ kind: fc.constant('cut_after_commit' as const), times }),
    cut_before_commit: fc.record({ kind: fc.constant('cut_before_commit' as const), times }),
    fill_disk: fc.record({ kind: fc.constant('fill_disk' as const) }),
  } satisfies { [K in Fault['kind']]: fc.Arbitrary<Extract<Fault, { kind: K }>> }
  return parts[kind]
}

/** With a step taking a second or so, the database goes down and comes back every few seconds. */
const faultsBetweenCrashes = 2

function withCrashes(order: readonly Fault['kind'][]): Fault['kind'][] {
  return order.flatMap((kind, at) =>
    at % faultsBetweenCrashes === 0 ? [kind] : [kind, 'crash_database'],
  )
}

function stepsOf(scale: Scale): fc.Arbitrary<Step[]> {
  const kinds = Array.from({ length: scale.rounds }, () => scale.faults ?? allFaults).flat()
  const pauseMs = fc.integer({ min: 100, max: 900 })
  return shuffled(kinds).chain((order) =>
    fc.tuple(
      ...withCrashes(order).map((kind) => fc.record({ pauseMs, fault: faultOf(kind, scale) })),
    ),
  )
}

function shuffled<T>(all: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...all], { minLength: all.length })
}

function deliveriesOf(conversations: Script['conversations']): fc.Arbitrary<Message[]> {
  const all = conversations.flatMap(({ id, kind }, n) => messagesOf(id, n, kind))
  return fc.subarray(all).chain((repeated) => shuffled([...all, ...repeated]))
}

/** Of those that are built the first; of the others any, with the answer before or behind the talk. */
function visitsOf(conversations: Script['conversations'], visited: number): fc.Arbitrary<Visit[]> {
  const all = conversations.map(({ id, kind }, n) => ({ conversation: id, kind, n }))
  const built = all.filter(({ kind }) => kind === 'build').slice(0, 1)
  const planned = all.filter(({ kind }) => kind === 'plan')
  const most = Math.min(visited, planned.length)
  const kinds = fc.constantFrom<readonly Visit['does'][]>(['talk'], ['answer'], ['talk', 'answer'])
  return fc
    .tuple(shuffled(planned), fc.array(kinds, { minLength: most, maxLength: most }))
    .chain(([order, does]) => {
      const visits = [
        ...(most > 0 ? built : []).map((one) => ({ ...one, does: 'talk' as const })),
        ...does.flatMap((kinds, at) =>
          order.slice(at, at + 1).flatMap((one) => kinds.map((kind) => ({ ...one, does: kind }))),
        ),
      ]
      return shuffled(
        visits.map(({ conversation, n, does }) => ({
          conversation,
          n,
          does,
          key: `${conversation} ${does}`,
        })),
      )
    })
}

/** The script of a round: the same seed and scale give the same one. */
export function writeScript(seed: number, scale: Scale): Script {
  const conversations = Array.from({ length: scale.conversations }, (_, n) => ({
    id: `c-${seed}-${n}`,
    kind: n < scale.builds ? ('build' as const) : ('plan' as const),
  }))
  const script = fc.record({
    deliveries: deliveriesOf(conversations),
    visits: visitsOf(conversations, scale.visited),
    steps: stepsOf(scale),
  })
  const [written] = fc.sample(script, { seed, numRuns: 1 })
  if (written === undefined) throw new Error('Nothing was drawn.')
  return { conversations, ...written }
}
