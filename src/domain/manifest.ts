import { z } from 'zod'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * What a result was made of and with, so that it can be made again. Holds nothing that differs from
 * run to run: no times, no ids of requests.
 */
export const Manifest = z.object({
  /** Of the talk's turns as canonical JSON. */
  transcript: Sha256.optional(),
  /** Of the brief as canonical JSON; a plan is made of it. */
  brief: Sha256.optional(),
  /** Versions by name: `talkwright`, `lint`. */
  tools: z.record(z.string().max(40), z.string().max(40)),
  prompts: z.array(
    z.object({ id: z.string().max(60), version: z.string().max(20), sha256: Sha256 }),
  ),
  /** The models that answered, by their provider's name. */
  models: z.array(z.object({ provider: z.string().max(60), model: z.string().max(120) })),
  parameters: z.record(z.string().max(40), z.union([z.string().max(120), z.number(), z.boolean()])),
  /** How often an answer was sent back to be mended. */
  repairs: z.number().int().nonnegative(),
})
export type Manifest = z.infer<typeof Manifest>
