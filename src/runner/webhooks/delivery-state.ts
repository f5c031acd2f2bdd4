import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { replaceFile } from '../builds/atomic-file.ts'

/** How far the webhooks of a build have got. */
export const DeliveryState = z.object({
  /** The sequence of the last webhook that the receiver took. */
  delivered: z.number().int().nonnegative(),
  /** Why nothing more is sent: all is delivered, the receiver said 410, or it never answered. */
  ended: z.enum(['complete', 'gone', 'exhausted']).optional(),
})
export type DeliveryState = z.infer<typeof DeliveryState>

/** The stored state; a missing or torn file means from the beginning, as at-least-once allows. */
export async function readDeliveryState(file: string): Promise<DeliveryState> {
  try {
    return DeliveryState.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return { delivered: 0 }
  }
}

/** Stores the state; losing the newest one only repeats a webhook. */
export function writeDeliveryState(file: string, state: DeliveryState): Promise<void> {
  return replaceFile(file, JSON.stringify(state))
}
