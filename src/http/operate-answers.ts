import type { BuilderState } from '../builds/builders.ts'
import type { Breaker } from '../model/breaker.ts'
import { type AtWork, trafficMinutes, type WorkerProcess } from '../pipeline/queue/traffic.ts'
import type { ModelHealth, RecentError } from '../store/operate.ts'
import type {
  AtWorkView,
  BuilderView,
  ModelHealthView,
  OperateErrorView,
  OperateWorkersView,
  WorkerView,
} from './operate-views.ts'

/** One figure for each of the last minutes, the oldest first. */
export function minutesOf<T extends { minutesAgo: number }>(
  rows: readonly T[],
  figure: (row: T) => number,
): number[] {
  const byAge = new Map(rows.map((row) => [row.minutesAgo, figure(row)]))
  return Array.from({ length: trafficMinutes }, (_, n) => byAge.get(trafficMinutes - 1 - n) ?? 0)
}

/** Every model that was called or that has a breaker, by its name. */
export function healthViews(
  health: readonly ModelHealth[],
  breakers: readonly Breaker[],
): ModelHealthView[] {
  const uncalled = breakers
    .filter(({ name }) => !health.some((one) => one.name === name))
    .map(({ name }) => ({ name, calls: 0, failed: 0, p50Ms: null, p95Ms: null, lastAt: null }))
  return [...health, ...uncalled]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ lastAt, ...row }) => {
      const breaker = breakers.find(({ name }) => name === row.name)?.state()
      return {
        ...row,
        lastAt: lastAt?.toISOString() ?? null,
        breaker: breaker?.state ?? null,
        restsUntil: breaker?.restsUntil?.toISOString() ?? null,
      }
    })
}

export function errorView({ at, ...rest }: RecentError): OperateErrorView {
  return { ...rest, at: at.toISOString() }
}

export function workerView(worker: WorkerProcess): WorkerView {
  const { isLive, startedAt, heartbeatAt, stoppedAt, ...rest } = worker
  return {
    ...rest,
    startedAt: startedAt.toISOString(),
    heartbeatAt: heartbeatAt.toISOString(),
    state: stoppedAt !== null ? 'stopped' : isLive ? 'live' : 'silent',
  }
}

export function atWorkView(row: AtWork): AtWorkView {
  return {
    ...row,
    oldestStartedAt: row.oldestStartedAt.toISOString(),
    lastBeatAt: row.lastBeatAt?.toISOString() ?? null,
  }
}

export function builderView({ name, load, error }: BuilderState): BuilderView {
  return {
    name,
    load: load ?? null,
    error: error === undefined ? null : { code: error.code, message: error.message },
  }
}

/** Builders as bare numbers, without their names, agents and what they say of their faults. */
export function builderCounts(builders: readonly BuilderState[]): OperateWorkersView['builders'] {
  const counts = { all: builders.length, silent: 0, running: 0, waiting: 0, slots: 0 }
  for (const { load, error } of builders) {
    if (error !== undefined) counts.silent += 1
    counts.running += load?.running ?? 0
    counts.waiting += load?.waiting ?? 0
    counts.slots += load?.slots ?? 0
  }
  return counts
}
