import { z } from 'zod'

/**
 * What a model proposes. Made for models: every key always there, no numbers but those that it must
 * refer to, no Markdown. Code checks, bounds, numbers and renders it.
 */

export const AnsweredCriterion = z.object({
  title: z.string(),
  conditions: z.array(
    z.object({ keyword: z.enum(['WHEN', 'IF', 'WHILE', 'WHERE']), text: z.string() }),
  ),
  response: z.string().describe('what follows "THE system SHALL"'),
  items: z.array(z.string()).describe('ids of the brief'),
  inferred: z.string().nullable(),
})
export type AnsweredCriterion = z.infer<typeof AnsweredCriterion>

export const AnsweredTask = z.object({
  title: z.string(),
  details: z.array(z.string()),
  criteria: z.array(z.string()).describe('numbers of criteria: 1.2'),
  needs: z.array(z.string()).describe('numbers of tasks: 1.1'),
  hours: z.object({ low: z.number(), high: z.number() }),
})
export type AnsweredTask = z.infer<typeof AnsweredTask>

export const AnsweredPlan = z.object({
  requirements: z.array(
    z.object({
      title: z.string(),
      story: z.object({ role: z.string(), want: z.string(), benefit: z.string() }),
      criteria: z.array(AnsweredCriterion),
    }),
  ),
  overview: z.string(),
  components: z.array(z.object({ name: z.string(), duty: z.string(), uses: z.array(z.string()) })),
  decisions: z.array(
    z.object({ decision: z.string(), reason: z.string(), items: z.array(z.string()) }),
  ),
  errors: z.array(z.string()),
  testing: z.array(z.string()),
  properties: z.array(
    z.object({ title: z.string(), statement: z.string(), criteria: z.array(z.string()) }),
  ),
  stack: z.array(
    z.object({
      part: z.string(),
      choice: z.string(),
      reason: z.string(),
      basis: z.enum(['asked_for', 'constraint', 'default']),
      items: z.array(z.string()),
    }),
  ),
  groups: z.array(z.object({ title: z.string(), tasks: z.array(AnsweredTask) })),
  leftOut: z.array(z.object({ item: z.string(), reason: z.string() })),
})
export type AnsweredPlan = z.infer<typeof AnsweredPlan>
