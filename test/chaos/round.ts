import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { freePort, startPostgres } from '../support/postgres-cluster.ts'
import { makeSmallDisk } from '../support/small-disk.ts'
import { type Ask, askDirectly } from './ask.ts'
import { checkAtRest } from './at-rest.ts'
import { heal, strike, type Victims } from './faults.ts'
import { type Ending, startFleet } from './fleet.ts'
import { checkDatabase, type Violation, violation } from './invariants.ts'
import { type Fault, type Scale, type Script, type Step, writeScript } from './script.ts'
import { type People, startPeople } from './people.ts'
import { type Sender, startSender } from './sender.ts'

export interface RoundOptions {
  seed: number
  scale: Scale
  /** The folder of PostgreSQL's programs. */
  binaries: string
  /** Mebibytes of the disk that the database lies on; a folder of the machine's own by default. */
  diskMebibytes?: number
  /** How long the whole round may take. */
  deadlineMs: number
  signal?: AbortSignal
}

export interface RoundReport {
  seed: number
  conversations: number
  messages: number
  acknowledged: number
  /** Further talks and answers: how many there were to say, and how many were taken. */
  visits: number
  said: number
  answers: Readonly<Record<'messages' | 'people', Readonly<Record<string, number>>>>
  /** How often each fault struck. */
  struck: Readonly<Record<string, number>>
  endings: Readonly<Record<string, number>>
  /** How long the parts of the round took. */
  ms: Readonly<Record<'start' | 'faults' | 'drain' | 'stop', number>>
  violations: readonly Violation[]
}

const adminKey = 'the-admin-key-of-the-chaos-tests'
const token = 'the-callback-token-of-the-chaos-tests'
const graceMs = 20_000

interface World extends Victims {
  url: string
  folder: string
  ask: Ask
  script: Script
  sender: Sender
  people: People
}

/** Smaller than by default, so that little is taken up before the disk is filled. */
const smallFiles = {
  initdb: ['--wal-segsize=1'],
  settings: ['min_wal_size=2MB', 'max_wal_size=8MB'],
} as const

async function startDatabase(stack: AsyncDisposableStack, options: RoundOptions) {
  const disk =
    options.diskMebibytes === undefined ? undefined : makeSmallDisk(options.diskMebibytes)
  if (disk !== undefined) stack.defer(() => disk.remove())
  const cluster = await startPostgres(
    options.binaries,
    disk === undefined ? {} : { folder: disk.folder, ...smallFiles },
  )
  stack.defer(() => cluster.stop())
  return { cluster, ...(disk !== undefined && { disk }) }
}

/** Starts PostgreSQL, the proxy before it, and the processes that reach it through the proxy. */
async function startWorld(
  stack: AsyncDisposableStack,
  options: RoundOptions,
  signal: AbortSignal,
): Promise<World> {
  const { cluster, ...disk } = await startDatabase(stack, options)
  const proxy = await startFaultProxy({ target: { host: '127.0.0.1', port: cluster.port } })
  stack.defer(() => proxy.stop())
  const folder = mkdtempSync(join(tmpdir(), 'talkwright-chaos-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const port = await freePort()
  const throughProxy = new URL(cluster.url)
  throughProxy.port = String(proxy.port)
  const fleet = startFleet({
    workers: options.scale.workers,
    graceMs,
    environment: {
      HOME: folder,
      DATABASE_URL: throughProxy.href,
      TALKWRIGHT_DATA: join(folder, 'data'),
      TALKWRIGHT_ADMIN_KEY: adminKey,
      TAVUS_CALLBACK_TOKEN: token,
      PORT: String(port),
    },
  })
  stack.defer(() => fleet.stop())
  await Promise.race([fleet.ready, aborted(signal)])
  const ask = askDirectly(cluster.url)
  const script = writeScript(options.seed, options.scale)
  await prepareBuilds(ask, script)
  const url = `http://127.0.0.1:${port}`
  const sender = startSender({
    url: `${url}/webhooks/tavus/${token}`,
    deliveries: script.deliveries,
    overMs: script.steps.length * 1_400,
    atOnce: 24,
    signal,
  })
  const people = startPeople({
    url,
    adminKey,
    ask,
    visits: script.visits,
    overMs: script.steps.length * 1_400,
    atOnce: 8,
    signal,
  })
  const building = async () => {
    const open = await ask(`select 1 from builds where state = 'running'`).catch(() => [])
    return open.length > 0
  }
  const refused = () => sender.refused()
  const taken = () => sender.acknowledged().length
  const said = { script, sender, people }
  return { ...disk, ...said, url, folder, ask, fleet, cluster, proxy, building, refused, taken }
}

async function aborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
  throw signal.reason
}

/** Calls that were created with a standing approval, as Talkwright itself creates them. */
async function prepareBuilds(ask: Ask, script: Script): Promise<void> {
  const ids = script.conversations.filter(({ kind }) => kind === 'build').map(({ id }) => id)
  await ask(
    `insert into conversations (id, workspace_id, source, external_id, status, approval)
     select gen_random_uuid(), (select id from workspaces limit 1), 'tavus', wanted.id, 'live', 'auto'
     from unnest($1::text[]) as wanted (id)`,
    [ids],
  )
}

/** The faults of a round under way. */
interface Strikes {
  /** Resolves when the faults that come one after the other are over. */
  over: Promise<void>
  /** Gives up on those that still wait for their moment. */
  end(): Promise<Readonly<Record<string, number>>>
}

function startStrikes(world: World, steps: readonly Step[], signal: AbortSignal): Strikes {
  const struck: Record<string, number> = {}
  const tooLate = new AbortController()
  let waiting: Promise<void> = Promise.resolve()
  async function one(fault: Fault, until: AbortSignal): Promise<void> {
    struck[fault.kind] ??= 0
    const times = await strike(world, fault, until)
    struck[fault.kind] = (struck[fault.kind] ?? 0) + times
  }
  async function all(): Promise<void> {
    try {
      for (const { pauseMs, fault } of steps) {
        await delay(pauseMs, undefined, { signal })
        if (fault.kind !== 'kill_runner') await one(fault, signal)
        else waiting = waiting.then(() => one(fault, tooLate.signal)).catch(() => undefined)
      }
    } finally {
      await heal(world)
    }
  }
  return {
    over: all(),
    async end() {
      tooLate.abort()
      await waiting
      return struck
    },
  }
}

/** True when no work is left: nothing to handle, nothing queued, no build under way. */
async function hasDrained(ask: Ask): Promise<boolean> {
  const [row] = await ask(
    `select exists (select 1 from webhook_inbox where handled_at is null)
       or exists (select 1 from builds where finished_at is null)
       or exists (select 1 from conversations where awaits_build)
       or exists (select 1 from processing_queue where state in ('waiting', 'delayed', 'active')
         and stage <> 'dead_letter') as busy`,
  )
  return row?.['busy'] === false
}

async function drain(world: World, signal: AbortSignal): Promise<void> {
  while (!(await hasDrained(world.ask))) await delay(200, undefined, { signal })
}

/** Starts the builds again whose runner was killed, as the person would who reads the reason. */
async function retryKilledBuilds({ ask, url }: World, signal: AbortSignal): Promise<void> {
  const rows = await ask(
    `select distinct p.id from projects p join builds b on b.project_id = p.id
     where p.status = 'failed' and b.error ->> 'code' = 'runner_restarted'`,
  )
  for (const { id } of rows) {
    await fetch(`${url}/v1/projects/${String(id)}/retry`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ from: 'build' }),
      signal,
    })
  }
}

/** Everything is sent, worked off, and what a fault has stopped is started again. */
async function comeToRest(world: World, signal: AbortSignal): Promise<Violation[]> {
  try {
    await Promise.race([Promise.all([world.sender.done, world.people.done]), aborted(signal)])
    await drain(world, signal)
    await retryKilledBuilds(world, signal)
    await drain(world, signal)
    return []
  } catch (error) {
    if (!signal.aborted) throw error
    return [{ invariant: 'everything is worked off in time', count: 1, examples: [String(error)] }]
  }
}

function timer(): () => number {
  let since = performance.now()
  return () => {
    const ms = Math.round(performance.now() - since)
    since = performance.now()
    return ms
  }
}

function countEndings(endings: readonly Ending[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { how } of endings) counts[how] = (counts[how] ?? 0) + 1
  return counts
}

/** A round that spares the product one of its faults shows less than it says. */
function harmless(struck: Readonly<Record<string, number>>): Violation | undefined {
  const missed = Object.entries(struck).filter(([, times]) => times === 0)
  return violation(
    'every fault of the round struck',
    missed.map(([kind]) => kind),
  )
}

/** One whole round: conversations flow while things go wrong, then everything is checked. */
export async function runRound(options: RoundOptions): Promise<RoundReport> {
  const limit = AbortSignal.timeout(options.deadlineMs)
  const signal = options.signal === undefined ? limit : AbortSignal.any([limit, options.signal])
  await using stack = new AsyncDisposableStack()
  const lap = timer()
  const world = await startWorld(stack, options, signal)
  const { script, sender, people, fleet } = world
  const start = lap()
  const strikes = startStrikes(world, script.steps, signal)
  await strikes.over
  const faults = lap()
  const late = await comeToRest(world, signal)
  const struck = await strikes.end()
  const drained = lap()
  const acknowledged = sender.acknowledged()
  const said = people.acknowledged()
  const sent = { acknowledged, said, conversations: script.conversations, explained: [] }
  const inDatabase = await checkDatabase(world.ask, sent)
  await fleet.stop()
  // A host that has gone for good is given up by the other one in the end.
  world.proxy.reset('muted')
  const stop = lap()
  const unclear = [...sender.faults(), ...people.faults()]
  const answers = violation('every answer is an acknowledgement or a clear 5xx', [
    ...unclear,
    ...(unclear.length === 0 ? [] : fleet.unforeseen()),
  ])
  return {
    seed: options.seed,
    conversations: script.conversations.length,
    messages: script.deliveries.length,
    acknowledged: acknowledged.length,
    visits: script.visits.length,
    said: said.length,
    answers: { messages: sender.answers(), people: people.answers() },
    struck,
    endings: countEndings(fleet.endings()),
    ms: { start, faults, drain: drained, stop },
    violations: [
      ...late,
      ...inDatabase,
      ...[answers, harmless(struck)].filter((found) => found !== undefined),
      ...(await checkAtRest(world)),
    ],
  }
}
