import { z } from 'zod'
import { Maker } from './brief.ts'
import { Citation } from './citation.ts'
import { FeatureName } from './feature-name.ts'
import { Removal } from './flag.ts'
import { Manifest } from './manifest.ts'
import { canonicalJson, sha256 } from './json.ts'

/** One file of the plan's pack; the path is relative to the project's root. */
export const PlanFile = z.object({
  path: z
    .string()
    .max(200)
    .regex(/^\.kiro\/(specs|steering)\/[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)?$/)
    .refine((path) => !path.includes('..'), 'must not climb out of the folder'),
  content: z.string().max(2_000_000),
})
export type PlanFile = z.infer<typeof PlanFile>

/** Where a line of the plan comes from: words that were said, or a stated inference. */
export const TraceLink = z.object({
  /** `1` for a requirement, `1.2` for a criterion. */
  ref: z.string().regex(/^\d+(\.\d+)?$/),
  /** Items of the brief that it carries out. */
  items: z.array(z.string()),
  citations: z.array(Citation),
  inferred: z.string().max(300).optional(),
  /** Numbers of the tasks that carry it out: `2.1`. */
  tasks: z.array(z.string()),
})
export type TraceLink = z.infer<typeof TraceLink>

/**
 * A requirement or criterion that an earlier version asked for and this one does not: where it came
 * from, and the tasks that take away what was built for it. No other ever gets its number.
 */
export const Retirement = TraceLink.extend({ text: z.string().max(2_000) })
export type Retirement = z.infer<typeof Retirement>

export const Estimate = z.object({
  /** Hours of a skilled developer's work, without an agent. */
  low: z.number().nonnegative(),
  high: z.number().nonnegative(),
  assumptions: z.array(z.string().max(300)),
})
export type Estimate = z.infer<typeof Estimate>

export const StackChoice = z.object({
  part: z.string().max(80),
  choice: z.string().max(120),
  reason: z.string().max(300),
  basis: z.enum(['asked_for', 'constraint', 'default']),
})
export type StackChoice = z.infer<typeof StackChoice>

/** What may go wrong, and what is done about it. */
export const Risk = z.object({
  risk: z.string().max(600),
  measure: z.string().max(300),
  /** Items, questions or contradictions of the brief that it comes from. */
  items: z.array(z.string()),
})
export type Risk = z.infer<typeof Risk>

/** What a planner gives: everything of a plan but its version and hash. */
export const PlanDraft = z.object({
  title: z.string().min(1).max(120),
  feature: FeatureName,
  /** `.kiro/specs/<feature>/{requirements,design,tasks}.md`, `.config.kiro`, `.kiro/steering/*.md`. */
  files: z.array(PlanFile).min(4),
  stack: z.array(StackChoice),
  phases: z.array(z.object({ name: z.string().max(120), tasks: z.array(z.string()) })),
  estimate: Estimate,
  /** Absent in plans of older versions. */
  risks: z.array(Risk).optional(),
  trace: z.array(TraceLink),
  /** Of this version and all before it; absent in a first version. */
  retired: z.array(Retirement).optional(),
  /** What the talk asked for and the plan leaves out, with the reason. */
  leftOut: z.array(z.object({ item: z.string(), reason: z.string().max(300) })),
  /** What the planner proposed and the checks took out; absent in plans of older versions, like the manifest. */
  removed: z.array(Removal).optional(),
  manifest: Manifest.optional(),
  madeBy: Maker,
})
export type PlanDraft = z.infer<typeof PlanDraft>

/** Lower-case hexadecimal SHA-256, 64 characters. */
export const PlanHash = z.string().regex(/^[0-9a-f]{64}$/)
export type PlanHash = z.infer<typeof PlanHash>

/**
 * The hash that an approval names and a build is bound to: over the paths and contents of the
 * pack's files, whatever their order, so that nothing an agent reads can differ from what a
 * person approved.
 */
export function planHash(files: readonly PlanFile[]): Promise<PlanHash> {
  return sha256(canonicalJson(Object.fromEntries(files.map((file) => [file.path, file.content]))))
}

/** The pack's file with this name (`tasks.md`), or undefined. */
export function planFile(files: readonly PlanFile[], name: string): PlanFile | undefined {
  return files.find((file) => file.path.endsWith(`/${name}`))
}
