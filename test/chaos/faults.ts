import { setTimeout as delay } from 'node:timers/promises'
import { assertNever } from '../../src/domain/assert-never.ts'
import type { ByteTrap, FaultProxy } from '../support/fault-proxy.ts'
import type { PostgresCluster } from '../support/postgres-cluster.ts'
import type { SmallDisk } from '../support/small-disk.ts'
import type { Fleet } from './fleet.ts'
import type { Fault } from './script.ts'

/** Everything that can go wrong in a round. */
export interface Victims {
  fleet: Fleet
  cluster: PostgresCluster
  proxy: FaultProxy
  disk?: SmallDisk
  /** Whether a build runs at this moment. */
  building: () => Promise<boolean>
  /** How many messages were not taken so far. */
  refused: () => number
  /** How many were taken, so that a server is there. */
  taken: () => number
}

/** CommandComplete of a COMMIT, as the server sends it: type, length, tag. */
export const commitDone: ByteTrap = {
  from: 'server',
  bytes: Buffer.concat([Buffer.from('C'), Buffer.from([0, 0, 0, 11]), Buffer.from('COMMIT\0')]),
  delivers: false,
}

/** A simple query of a client that is nothing but `commit`, as src/store sends it. */
export const commitSent: ByteTrap = {
  from: 'client',
  bytes: Buffer.concat([Buffer.from('Q'), Buffer.from([0, 0, 0, 11]), Buffer.from('commit\0')]),
  delivers: false,
}

/** How long a fault waits for the moment that it needs; without one it passes. */
const patienceMs = 3_000

/** How long a server may take to be back that was ended by the fault before. */
const restartMs = 30_000

async function springTraps(
  proxy: FaultProxy,
  trap: ByteTrap,
  times: number,
  signal: AbortSignal,
): Promise<number> {
  for (let sprung = 0; sprung < times; sprung += 1) {
    const armed = proxy.arm(trap)
    // Once at least: after the fault before, it may take a while until anything commits again.
    const over = delay(sprung === 0 ? restartMs : patienceMs, 'over', { signal })
    const came = await Promise.race([armed.sprung.then(() => 'sprung'), over]).finally(() =>
      armed.disarm(),
    )
    if (came === 'over') return sprung
  }
  return times
}

/** Polls until something holds; false when that took too long. */
async function holds(
  condition: () => boolean | Promise<boolean>,
  signal: AbortSignal,
  patience: number = patienceMs,
): Promise<boolean> {
  const end = performance.now() + patience
  while (performance.now() < end) {
    if (await condition()) return true
    await delay(50, undefined, { signal })
  }
  return false
}

async function fillDisk(victims: Victims, signal: AbortSignal): Promise<number> {
  const { disk, cluster, refused, taken } = victims
  if (disk === undefined) return 0
  // Where no server takes messages nobody would notice that the disk is full.
  const sofar = taken()
  await holds(() => taken() > sofar, signal, restartMs)
  const before = refused()
  await disk.fill()
  const felt = await holds(() => refused() > before + 10, signal)
  await disk.free()
  // A server that could not write its log has stopped itself; whoever frees the disk starts it.
  await cluster.start()
  return felt ? 1 : 0
}

/** Carries out one fault and gives how often it struck; afterwards the network passes everything again. */
export async function strike(victims: Victims, fault: Fault, signal: AbortSignal): Promise<number> {
  const { fleet, cluster, proxy } = victims
  const rest = async (ms: number) => {
    await delay(ms, undefined, { signal })
    proxy.set({ kind: 'pass' })
    return 1
  }
  switch (fault.kind) {
    case 'kill':
      fleet.kill(fault.process)
      return 1
    case 'end':
      await fleet.end(fault.process)
      return 1
    case 'kill_runner':
      // Builds come when they come: the other faults go on meanwhile.
      return (await holds(victims.building, signal, Infinity)) && fleet.killRunner() ? 1 : 0
    case 'crash_database':
      await cluster.crash()
      await delay(fault.downMs, undefined, { signal })
      await cluster.start()
      return 1
    case 'cut':
      proxy.reset('all')
      return 1
    case 'refuse':
      proxy.set({ kind: 'cut' })
      return rest(fault.ms)
    case 'half_open':
      proxy.set({ kind: 'half_open' })
      await rest(fault.ms)
      // The other host is back and knows nothing of these connections.
      if (!fault.forGood) proxy.reset('muted')
      return 1
    case 'latency':
      proxy.set({ kind: 'latency', ms: fault.delayMs })
      return rest(fault.ms)
    case 'slow_close':
      proxy.set({ kind: 'slow_close', ms: fault.delayMs })
      return rest(fault.ms)
    case 'cut_after_commit':
      return springTraps(proxy, commitDone, fault.times, signal)
    case 'cut_before_commit':
      return springTraps(proxy, commitSent, fault.times, signal)
    case 'fill_disk':
      return fillDisk(victims, signal)
    default:
      return assertNever(fault)
  }
}

/** Ends every fault that may still be going on; connections that are mute for good stay so. */
export async function heal({ proxy, disk, cluster }: Victims): Promise<void> {
  await disk?.free()
  await cluster.start()
  proxy.set({ kind: 'pass' })
}
