import { z } from 'zod'

/**
 * How a job stands, in the view `processing_queue` as everywhere: `waiting` may be claimed now,
 * `delayed` waits for its time, `failed` was given up and is kept as a dead letter.
 */
export const QueueState = z.enum([
  'waiting',
  'delayed',
  'active',
  'completed',
  'cancelled',
  'failed',
])
export type QueueState = z.infer<typeof QueueState>
