import { z } from 'zod'
import { Citation } from './citation.ts'
import { FeatureName } from './feature-name.ts'
import { Flag, Removal } from './flag.ts'
import { Manifest } from './manifest.ts'
import { TurnId } from './turn.ts'

export const Priority = z.enum(['must', 'should', 'could', 'wont'])
export type Priority = z.infer<typeof Priority>

export const ItemKind = z.enum([
  'goal',
  'user',
  'requirement',
  'quality',
  'constraint',
  'preference',
  'integration',
  'timeline',
  'budget',
  'out_of_scope',
])
export type ItemKind = z.infer<typeof ItemKind>

/** When a requirement holds: the part of an EARS statement before the system's name. */
export const Condition = z.object({
  kind: z.enum(['when', 'if', 'while', 'where']),
  text: z.string().min(1).max(500),
})

/** The parts of a functional requirement, as far as the talk gives them. */
export const Clause = z.object({
  /** Who acts, in the talk's word: `customer`, `referee`; absent when the system itself acts. */
  actor: z.string().max(80).optional(),
  /** The action's base verb: `book`, `export`. */
  verb: z.string().max(40),
  /** What is acted on, singular, as said: `class`, `monthly report`. */
  object: z.string().max(120).optional(),
  /** What follows the object: `by email`, `in a calendar`. */
  rest: z.string().max(400).optional(),
  condition: Condition.optional(),
  negated: z.boolean(),
})
export type Clause = z.infer<typeof Clause>

export const BriefItem = z.object({
  /** `G1`, `U1`, `R1`, `Q1`, `C1`, `P1`, `I1`, `T1`, `B1`, `X1`: the kind's letter and a number. */
  id: z.string().regex(/^[A-Z]\d{1,4}$/),
  kind: ItemKind,
  /** A clean sentence, not pasted speech. */
  statement: z.string().min(1).max(1_000),
  /** The speaker whose words it rests on. */
  saidBy: z.string().max(200).optional(),
  priority: z.object({ level: Priority, reason: z.string().max(300) }),
  citations: z.array(Citation),
  /** Why it was added although nobody said it; such an item has no citations. */
  inferred: z.string().min(1).max(300).optional(),
  clause: Clause.optional(),
  /** The user who changed it by editing the plan; later analyses keep it so. */
  amendedBy: z.string().max(120).optional(),
})
export type BriefItem = z.infer<typeof BriefItem>

export const FieldType = z.enum([
  'text',
  'long_text',
  'number',
  'money',
  'date',
  'datetime',
  'boolean',
  'email',
  'choice',
  'reference',
])
export type FieldType = z.infer<typeof FieldType>

/** A thing that the software keeps, with what was said to be kept of it. */
export const Entity = z.object({
  id: z.string().regex(/^E\d{1,4}$/),
  /** Singular, in title case: `Booking`, `Fitness Class`. */
  name: z.string().min(1).max(60),
  fields: z.array(
    z.object({
      /** Lower camel case: `startsAt`. */
      name: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/),
      type: FieldType,
      required: z.boolean(),
      /** For `choice`: the values. For `reference`: the one entity's name. */
      options: z.array(z.string().max(80)).max(40).optional(),
    }),
  ),
  citations: z.array(Citation),
  inferred: z.string().min(1).max(300).optional(),
})
export type Entity = z.infer<typeof Entity>

export const OpenQuestion = z.object({
  id: z.string().regex(/^O\d{1,4}$/),
  question: z.string().min(1).max(500),
  why: z.string().max(300),
  citations: z.array(Citation),
})
export type OpenQuestion = z.infer<typeof OpenQuestion>

/** Two statements that cannot both hold; both are kept and a person decides. */
export const Contradiction = z.object({
  id: z.string().regex(/^K\d{1,4}$/),
  statement: z.string().min(1).max(500),
  citations: z.array(Citation).min(2),
})
export type Contradiction = z.infer<typeof Contradiction>

const words = { turn: TurnId, quote: Citation.shape.quote }

/**
 * What became of one sentence or clause of a client that carries a need, wish, limit or decision.
 * Words that were partly used and partly taken back have an entry for both.
 */
export const Need = z.discriminatedUnion('outcome', [
  z.object({ ...words, outcome: z.literal('used'), items: z.array(z.string()).min(1) }),
  z.object({ ...words, outcome: z.literal('superseded'), by: TurnId }),
  z.object({ ...words, outcome: z.literal('rejected'), reason: z.string().min(1).max(300) }),
  z.object({ ...words, outcome: z.literal('open'), items: z.array(z.string()).min(1) }),
  /** Nothing was made of it. Its items are the open questions, if any, that ask what it means. */
  z.object({ ...words, outcome: z.literal('missed'), items: z.array(z.string()) }),
])
export type Need = z.infer<typeof Need>

/** What became of one client turn that carries a need, wish, limit or decision: the sum of its needs. */
export const LedgerEntry = z.discriminatedUnion('outcome', [
  z.object({ turn: TurnId, outcome: z.literal('used'), items: z.array(z.string()).min(1) }),
  z.object({ turn: TurnId, outcome: z.literal('superseded'), by: TurnId }),
  z.object({ turn: TurnId, outcome: z.literal('rejected'), reason: z.string().min(1).max(300) }),
  z.object({ turn: TurnId, outcome: z.literal('open'), items: z.array(z.string()).min(1) }),
])
export type LedgerEntry = z.infer<typeof LedgerEntry>

/** Which analyst, planner or person made a result, so that nobody takes the offline one for a model. */
export const Maker = z.object({
  kind: z.enum(['offline', 'model', 'person']),
  name: z.string().max(120),
})
export type Maker = z.infer<typeof Maker>

export const Brief = z.object({
  title: z.string().min(1).max(120),
  feature: FeatureName,
  summary: z.string().max(2_000),
  /** ISO 639-1 code of the talk's language, and whether this analyst understands it. */
  language: z.object({ code: z.string().max(8), supported: z.boolean() }),
  items: z.array(BriefItem),
  entities: z.array(Entity),
  openQuestions: z.array(OpenQuestion),
  contradictions: z.array(Contradiction),
  ledger: z.array(LedgerEntry),
  /** In the order of the talk; absent in briefs of older versions. */
  needs: z.array(Need).optional(),
  /** The share of the needs that are not missed, from 0 to 1; of turns in briefs without needs. */
  coverage: z.number().min(0).max(1),
  /** The share of the items that their quotes support, from 0 to 1. */
  faithfulness: z.number().min(0).max(1),
  /** Citations that were dropped because their quote does not stand in the turn. */
  dropped: z.array(z.object({ item: z.string(), citation: Citation })),
  /** Absent in briefs of older versions, like the two below. */
  flags: z.array(Flag).optional(),
  /** What the analyst proposed and the checks took out. */
  removed: z.array(Removal).optional(),
  manifest: Manifest.optional(),
  madeBy: Maker,
})
export type Brief = z.infer<typeof Brief>
