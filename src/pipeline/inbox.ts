import type { InboxMessage } from '../store/inbox.ts'

/** What the sender is told; every one of them is a 2xx. */
export type Acceptance = 'accepted' | 'repeat' | 'ignored'

/** Keeps messages; what is answered is on disk, together with the job that handles it. */
export interface InboxWriter {
  /**
   * Keeps a message and queues its handling, unless it has an outcome already.
   *
   * @throws AppError `inbox_full` when more wait than may, `stopping` after the end, and what the
   *   database threw.
   */
  write(message: InboxMessage): Promise<Acceptance>
  /** Waits for what is being written and refuses everything else. */
  close(): Promise<void>
}
