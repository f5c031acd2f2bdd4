import { z } from 'zod'

/** What a tool call does, in the words of the Agent Client Protocol. */
export const ToolKind = z.enum([
  'read',
  'edit',
  'delete',
  'move',
  'search',
  'execute',
  'think',
  'fetch',
  'other',
])

/** What is done when a rule fits. */
export const Effect = z.enum(['allow', 'ask', 'deny'])
export type Effect = z.infer<typeof Effect>

export const PermissionRule = z.strictObject({
  /** The kinds that the protocol gives tool calls: `edit`, `execute`, `fetch` …; all unless named. */
  kinds: z.array(ToolKind).min(1).optional(),
  /** Patterns of paths in the workspace: `src/**`, `package.json`; the rule needs every path to fit. */
  paths: z.array(z.string().min(1).max(400)).min(1).optional(),
  /** Beginnings of command lines, word by word: `npm test`, `git`. */
  commands: z.array(z.string().min(1).max(400)).min(1).optional(),
  do: Effect,
})
export type PermissionRule = z.infer<typeof PermissionRule>

/** What agents may do that ask first: the first rule that fits decides. */
export const PermissionPolicy = z.strictObject({
  rules: z.array(PermissionRule).max(200),
  otherwise: Effect.default('deny'),
})
export type PermissionPolicy = z.infer<typeof PermissionPolicy>
