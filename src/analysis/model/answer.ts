import { z } from 'zod'
import { FieldType, ItemKind, Priority } from '../../domain/brief.ts'

/**
 * What a model answers. Made for models, not for storing: no ids, no sums, every key always there
 * (`null` for nothing), no bounds that some providers refuse. Code checks, bounds and completes it.
 */

const Quote = z.object({
  turn: z.string().describe('the id of the turn: t12'),
  quote: z.string().describe('words of its text, letter for letter'),
  english: z.string().nullable(),
})

export const AnsweredItem = z.object({
  kind: ItemKind,
  statement: z.string(),
  priority: Priority,
  priorityReason: z.string(),
  quotes: z.array(Quote),
  inferred: z.string().nullable(),
  clause: z
    .object({
      actor: z.string().nullable(),
      verb: z.string(),
      object: z.string().nullable(),
      rest: z.string().nullable(),
      condition: z
        .object({ kind: z.enum(['when', 'if', 'while', 'where']), text: z.string() })
        .nullable(),
      negated: z.boolean(),
    })
    .nullable(),
})
export type AnsweredItem = z.infer<typeof AnsweredItem>

export const AnsweredEntity = z.object({
  name: z.string(),
  fields: z.array(
    z.object({
      name: z.string(),
      type: FieldType,
      required: z.boolean(),
      options: z.array(z.string()),
    }),
  ),
  quotes: z.array(Quote),
  inferred: z.string().nullable(),
})
export type AnsweredEntity = z.infer<typeof AnsweredEntity>

export const AnsweredBrief = z.object({
  title: z.string(),
  summary: z.string(),
  language: z.string(),
  items: z.array(AnsweredItem),
  entities: z.array(AnsweredEntity),
  openQuestions: z.array(
    z.object({ question: z.string(), why: z.string(), quotes: z.array(Quote) }),
  ),
  contradictions: z.array(z.object({ statement: z.string(), quotes: z.array(Quote) })),
  ledger: z.array(
    z.object({
      turn: z.string(),
      quote: z.string().nullable().describe('the words of it that are meant; null for all of it'),
      outcome: z.enum(['superseded', 'rejected']),
      by: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
})
export type AnsweredBrief = z.infer<typeof AnsweredBrief>
export type AnsweredQuote = z.infer<typeof Quote>

export const AnsweredReconciliation = z.object({
  same: z.array(z.object({ keep: z.string(), drop: z.string() })),
  replaced: z.array(z.object({ item: z.string(), by: z.string() })),
  contradictions: z.array(z.object({ a: z.string(), b: z.string(), statement: z.string() })),
  title: z.string(),
  summary: z.string(),
})
export type AnsweredReconciliation = z.infer<typeof AnsweredReconciliation>
