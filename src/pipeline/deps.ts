import type { Analyst } from '../analysis/analyst.ts'
import type { Builders } from '../builds/builders.ts'
import type { Log } from '../domain/log.ts'
import type { PriceList } from '../domain/prices.ts'
import type { Planner } from '../planning/planner.ts'
import type { TavusClient } from '../sources/tavus/client.ts'
import type { Database } from '../store/database.ts'
import type { Approval } from '../store/schema.ts'
import type { InboxWriter } from './inbox.ts'
import type { Queue } from './queue/queue.ts'

/** Everything outside that the stages use. */
export interface PipelineDeps {
  database: Database
  queue: Queue
  /** Where webhooks are kept before they are acted on. */
  inbox: InboxWriter
  analyst: Analyst
  planner: Planner
  builders: Builders
  /** Absent without an API key: transcripts then come by webhook and upload alone. */
  tavus?: TavusClient
  /** Where the builder sends its webhooks, and the `whsec_…` secret from which each build gets its own. */
  buildWebhooks: { url: string; secret: string }
  /** How plans of conversations are approved that do not say so themselves. */
  approval: Approval
  /** What model calls cost. */
  prices: PriceList
  clock: () => Date
  /** A new UUID. */
  id: () => string
  /** From 0 to below 1. */
  random: () => number
  log: Log
  /** Called after a commit that added events to this project's log. */
  committed: (projectId: string) => void
  /**
   * Called after a commit that changed something of a workspace which stands in no project's log: its
   * talks that have no project, its settings.
   */
  changed: (workspaceId: string) => void
}
