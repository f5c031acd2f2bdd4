import type { BuildEventBody, BuildStatus } from '../../domain/build.ts'
import { BuildWebhook } from '../../domain/build.ts'
import { applyEvent, initialStatus, isSettled } from './build-status.ts'
import { openEventLog, type EventLog } from './event-log.ts'
import { maskAll, type Mask } from '../process/secrets.ts'
import type { BuildOrder } from './order.ts'
import type { BuildFolder } from './build-folder.ts'

/** One build: what was ordered, and everything that happened, which is on disk first. */
export interface Build extends AsyncDisposable {
  readonly order: BuildOrder
  readonly folder: BuildFolder
  readonly log: EventLog
  status(): BuildStatus
  /** How often it has been started: more than once when the runner was restarted meanwhile. */
  starts(): number
  /**
   * Appends an event and resolves once it is on disk. After a last event (completed, failed,
   * cancelled) further ones are dropped, so that a build ends once.
   */
  record(event: BuildEventBody): Promise<void>
}

/** Opens a build from its folder, with secrets masked in all that is recorded, and with `recorded` called after each event that is on disk. */
export async function openBuild(
  order: BuildOrder,
  folder: BuildFolder,
  clock: () => Date,
  recorded: () => void,
  mask: Mask,
): Promise<Build> {
  let status = initialStatus(order, folder.workspace)
  let starts = 0
  const apply = (webhook: BuildWebhook) => {
    status = applyEvent(status, webhook)
    if (webhook.data.event.type === 'build.started') starts += 1
  }
  const log = await openEventLog(folder.events, (line) => {
    apply(BuildWebhook.parse(JSON.parse(line)))
  })
  let issued = status.sequence
  let ended = isSettled(status.state)
  return {
    order,
    folder,
    log,
    status: () => status,
    starts: () => starts,
    async record(event) {
      if (ended) return
      issued += 1
      ended = isLast(event)
      const webhook = wrap(order, issued, maskAll(event, mask), clock())
      await log.append(JSON.stringify(webhook))
      apply(webhook)
      recorded()
      // A runner keeps all its builds, and may keep few files open.
      if (isLast(event)) await log.rest()
    },
    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  }
}

function isLast(event: BuildEventBody): boolean {
  return (
    event.type === 'build.completed' ||
    event.type === 'build.failed' ||
    event.type === 'build.cancelled'
  )
}

function wrap(order: BuildOrder, sequence: number, event: BuildEventBody, at: Date): BuildWebhook {
  const { project_id, build_id, metadata } = order
  return {
    type: event.type,
    timestamp: at.toISOString(),
    data: { project_id, build_id, sequence, metadata, event },
  }
}
