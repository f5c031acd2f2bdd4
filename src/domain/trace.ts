import { z } from 'zod'
import { Citation } from './citation.ts'
import { ItemKind } from './brief.ts'
import { PlanHash } from './plan.ts'
import { TurnRole } from './turn.ts'

const Refs = z.array(z.string())

/** What every entry says of itself: where it comes from and where it goes. */
const Links = z.object({
  /** Turns of the talk, in its order. */
  turns: Refs,
  /** Items and entities of the brief. */
  items: Refs,
  requirements: Refs,
  criteria: Refs,
  /** Leaf tasks. */
  tasks: Refs,
})

const Utterance = Links.omit({ turns: true }).extend({
  turn: z.string(),
  speaker: z.string().optional(),
  role: TurnRole.optional(),
  /** Seconds from the start of the talk. */
  start: z.number().optional(),
  quotes: z.array(z.string()),
  /** What became of it, as the brief's ledger says; absent for a turn that asks for nothing. */
  outcome: z.enum(['used', 'superseded', 'rejected', 'open']).optional(),
  /** The later turn that replaced it, or why it was rejected. */
  because: z.string().optional(),
  /** Words of it that carry something and of which nothing was made. */
  missed: z.array(z.string()).optional(),
})

const Entry = Links.extend({
  citations: z.array(Citation),
  /** Why it is there although nobody said it. */
  inferred: z.string().optional(),
})

/**
 * The way from each utterance to the tasks that carry it out, and from each task back to what was
 * said. It lies beside the plan's files and is not one of them: what people said is no text for an
 * agent to read, so the plan's hash does not cover it; `planHash` says which plan it belongs to.
 */
export const TraceDocument = z.object({
  schema: z.literal('talkwright/trace/1'),
  feature: z.string(),
  planHash: PlanHash,
  utterances: z.array(Utterance),
  items: z.array(
    Entry.omit({ items: true }).extend({
      id: z.string(),
      kind: z.union([ItemKind, z.literal('entity')]),
      statement: z.string(),
      /** Why the plan does not carry it out. */
      leftOut: z.string().optional(),
    }),
  ),
  requirements: z.array(
    Entry.omit({ requirements: true }).extend({ ref: z.string(), title: z.string() }),
  ),
  criteria: z.array(Entry.omit({ criteria: true }).extend({ ref: z.string(), text: z.string() })),
  tasks: z.array(
    Links.omit({ tasks: true }).extend({
      number: z.string(),
      title: z.string(),
      optional: z.boolean(),
      /** Retired requirements and criteria whose work it takes away. */
      removes: Refs,
    }),
  ),
  /** What earlier versions of the plan asked for. */
  retired: z.array(
    Entry.pick({ items: true, citations: true, tasks: true, inferred: true }).extend({
      ref: z.string(),
      text: z.string(),
    }),
  ),
})
export type TraceDocument = z.infer<typeof TraceDocument>
