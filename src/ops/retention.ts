import { sql } from 'kysely'
import { toAppError } from '../domain/errors.ts'
import type { Log } from '../domain/log.ts'
import {
  cutoff,
  type RetentionKind,
  retentionKinds,
  type RetentionPolicy,
} from '../domain/retention.ts'
import { advisoryLockSpaces } from '../store/advisory-locks.ts'
import { audit } from '../store/audit.ts'
import type { Queryable, Tx } from '../store/database.ts'
import { retentionSteps, type SweptBatch } from '../store/retention.ts'
import { firstWorkspace } from '../store/workspaces.ts'

export interface SweepDeps {
  db: Queryable
  clock: () => Date
  /** A new UUID. */
  id: () => string
  log: Log
}

/** How much one run takes on. */
export interface SweepLimits {
  /** Rows in one transaction. */
  batch: number
  /** Transactions for each kind. */
  batches: number
}

/** What a run did, or would do, with one kind. */
export interface SweepReport {
  kind: RetentionKind
  /** What is older goes; undefined when this kind is kept for good. */
  before: Date | undefined
  rows: number
}

const defaultSweepLimits: SweepLimits = { batch: 500, batches: 2_000 }

const nothing: SweptBatch = { counts: new Map(), more: false }

/** A batch in a transaction of its own; nothing while another process is at the same kind. */
async function sweepBatch(
  db: Queryable,
  kind: RetentionKind,
  before: Date,
  limit: number,
): Promise<SweptBatch> {
  return db.transaction().execute(async (tx) => {
    const number = retentionKinds.indexOf(kind)
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(${advisoryLockSpaces.retention}::int, ${number}::int) as mine`.execute(
      tx,
    )
    return rows[0]?.mine === true ? retentionSteps[kind].batch(tx, before, limit) : nothing
  })
}

/** One line for each workspace that lost something; what nobody owns is told to the first one. */
async function auditRun(
  deps: SweepDeps,
  tx: Tx,
  kind: RetentionKind,
  before: Date,
  counts: ReadonlyMap<string | null, number>,
): Promise<void> {
  const first = await firstWorkspace(tx)
  for (const [owner, rows] of counts) {
    const workspaceId = owner ?? first?.id
    if (workspaceId === undefined) continue
    await audit(tx, {
      id: deps.id(),
      workspaceId,
      actor: 'system',
      action: 'retention.sweep',
      target: kind,
      details: { rows, before: before.toISOString() },
    })
  }
}

async function sweepKind(
  deps: SweepDeps,
  kind: RetentionKind,
  before: Date,
  limits: SweepLimits,
  signal: AbortSignal | undefined,
): Promise<number> {
  const counts = new Map<string | null, number>()
  try {
    for (let done = 0; done < limits.batches; done += 1) {
      if (signal?.aborted === true) break
      const batch = await sweepBatch(deps.db, kind, before, limits.batch)
      for (const [owner, rows] of batch.counts) {
        if (rows > 0) counts.set(owner, (counts.get(owner) ?? 0) + rows)
      }
      if (!batch.more) break
    }
  } catch (thrown) {
    // The other kinds go on, and what was committed is still told; the next run tries again.
    deps.log.error({ kind, code: toAppError(thrown).code }, 'retention.failed')
  }
  if (counts.size === 0) return 0
  await deps.db.transaction().execute((tx) => auditRun(deps, tx, kind, before, counts))
  return [...counts.values()].reduce((sum, rows) => sum + rows, 0)
}

/**
 * Removes and archives what is older than the policy says, in short transactions, and audits one
 * line for each kind and workspace. Safe with any number of processes at once and at any moment
 * ended; the next run goes on where this one stopped.
 */
export async function sweep(
  deps: SweepDeps,
  policy: RetentionPolicy,
  options: { limits?: SweepLimits; signal?: AbortSignal } = {},
): Promise<SweepReport[]> {
  const limits = options.limits ?? defaultSweepLimits
  const now = deps.clock()
  const reports: SweepReport[] = []
  for (const kind of retentionKinds) {
    const before = cutoff(policy[kind], now)
    const rows =
      before === undefined ? 0 : await sweepKind(deps, kind, before, limits, options.signal)
    reports.push({ kind, before, rows })
  }
  return reports
}

/** What a sweep would find, without touching anything. */
export async function previewSweep(
  deps: Pick<SweepDeps, 'db' | 'clock'>,
  policy: RetentionPolicy,
): Promise<SweepReport[]> {
  const now = deps.clock()
  const reports: SweepReport[] = []
  for (const kind of retentionKinds) {
    const before = cutoff(policy[kind], now)
    const rows = before === undefined ? 0 : await retentionSteps[kind].count(deps.db, before)
    reports.push({ kind, before, rows })
  }
  return reports
}

/** A timer that sweeps; stop it to wait for the batch under way. */
export interface Sweeper {
  stop(): Promise<void>
}

/** Sweeps every `everyMs` milliseconds, one run at a time. */
export function startSweeper(deps: SweepDeps, policy: RetentionPolicy, everyMs: number): Sweeper {
  const stopping = new AbortController()
  let running: Promise<void> | undefined
  async function run(): Promise<void> {
    try {
      await sweep(deps, policy, { signal: stopping.signal })
    } catch (thrown) {
      deps.log.error({ code: toAppError(thrown).code }, 'retention.failed')
    } finally {
      running = undefined
    }
  }
  const timer = setInterval(() => {
    running ??= run()
  }, everyMs)
  return {
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await running
    },
  }
}
