import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

const Report = z.object({ 'child-pid': z.number().int().min(2) })

/**
 * The first process of the namespace that bubblewrap has opened, from its report; undefined when it
 * ends without one.
 */
export async function readFirstProcess(stream: unknown): Promise<number | undefined> {
  if (!(stream instanceof Readable)) return undefined
  try {
    return Report.parse(JSON.parse(await text(stream)))['child-pid']
  } catch {
    return undefined
  }
}
