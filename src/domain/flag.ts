import { z } from 'zod'
import { Signal } from './screen/signal.ts'
import { TurnId } from './turn.ts'

/** Words of the talk that address a machine: shown to a person, never followed. */
export const Flag = z.object({
  turn: TurnId,
  /** Where the words stand: in what was said, or in the name of who said it. */
  where: z.enum(['text', 'speaker']),
  /** Verbatim, at most 500 characters of it. */
  quote: z.string().min(1).max(500),
  signal: Signal,
  reason: z.string().min(1).max(300),
})
export type Flag = z.infer<typeof Flag>

/** A line that a maker proposed and that was taken out by code, with the reason. */
export const Removal = z.object({
  /** What it was: `item`, `task`, `criterion`. */
  what: z.string().max(40),
  /** On one line, shortened. */
  text: z.string().max(200),
  reason: z.string().min(1).max(300),
})
export type Removal = z.infer<typeof Removal>
