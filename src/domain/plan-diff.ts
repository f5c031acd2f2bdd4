import { z } from 'zod'

/** A criterion of requirements.md, or a statement of bugfix.md. */
export const Stated = z.object({ ref: z.string(), text: z.string() })
export type Stated = z.infer<typeof Stated>

/** A requirement with all of its criteria, as one version of a plan has it. */
export const StatedRequirement = z.object({
  ref: z.string(),
  title: z.string(),
  criteria: z.array(Stated),
})
export type StatedRequirement = z.infer<typeof StatedRequirement>

const Rewritten = z.object({ before: z.string(), after: z.string() })

/** What became of a requirement that both versions have. */
export const RequirementChange = z.object({
  ref: z.string(),
  /** As the newer version has it. */
  title: z.string(),
  /** Absent where it is the same. */
  retitled: Rewritten.optional(),
  story: Rewritten.optional(),
  criteria: z.object({
    added: z.array(Stated),
    changed: z.array(Rewritten.extend({ ref: z.string() })),
    retired: z.array(Stated),
  }),
})
export type RequirementChange = z.infer<typeof RequirementChange>

export const NamedTask = z.object({ number: z.string(), title: z.string() })
export type NamedTask = z.infer<typeof NamedTask>

/** What one version of a plan has that the version before had not, and the other way round. */
export const PlanDiff = z.object({
  requirements: z.object({
    added: z.array(StatedRequirement),
    changed: z.array(RequirementChange),
    retired: z.array(StatedRequirement),
  }),
  /** Leaf tasks; whether one is done makes no difference. */
  tasks: z.object({
    added: z.array(NamedTask),
    /** With the number and the title that it had. */
    changed: z.array(NamedTask.extend({ before: NamedTask })),
    removed: z.array(NamedTask),
  }),
})
export type PlanDiff = z.infer<typeof PlanDiff>

/** Whether the two versions ask for the same and do it with the same tasks. */
export function isEmptyDiff({ requirements, tasks }: PlanDiff): boolean {
  return [requirements, tasks].every((part) =>
    Object.values(part).every((entries) => entries.length === 0),
  )
}
