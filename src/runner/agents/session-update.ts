import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ToolKind } from '../../domain/permission-policy.ts'
import { assertNever } from '../../domain/assert-never.ts'
import { BuildCost } from '../../domain/build.ts'

/** Kinds that later versions of the protocol add count as `other`. */
const Kind = ToolKind.catch('other')

const path = z.object({ path: z.string().max(4_000) })

const maxCommand = 4_000

/** Agents name the command that they want to run in ways of their own: a line, or its words. */
const CommandInput = z
  .object({
    command: z
      .union([z.string(), z.array(z.string()).max(200)])
      .optional()
      .catch(undefined),
    cmd: z.string().optional().catch(undefined),
  })
  .transform(({ command, cmd }) => {
    const line = Array.isArray(command) ? command.join(' ') : (command ?? cmd)
    // A cut-off command could fit a rule that the whole would not.
    return line === undefined || line.length > maxCommand ? undefined : line
  })

/** What of an ACP tool call the runner reads; everything else passes unread. */
const ToolCallPart = z.object({
  toolCallId: z.string().max(400),
  title: z.string().nullish().catch(undefined),
  kind: Kind.nullish(),
  status: z.string().nullish().catch(undefined),
  rawInput: CommandInput.nullish().catch(undefined),
  locations: z.array(path).nullish().catch(undefined),
  content: z
    .array(z.object({ path: z.string().max(4_000).optional().catch(undefined) }))
    .nullish()
    .catch(undefined),
})

const Update = z.discriminatedUnion('sessionUpdate', [
  z.object({
    sessionUpdate: z.literal('agent_message_chunk'),
    content: z.object({ type: z.literal('text'), text: z.string() }),
  }),
  ToolCallPart.extend({ sessionUpdate: z.literal('tool_call') }),
  ToolCallPart.extend({ sessionUpdate: z.literal('tool_call_update') }),
  z.object({ sessionUpdate: z.literal('usage_update'), cost: BuildCost }),
])

/** The tool call of a permission request, in the same form. */
export const PermissionRequest = z.object({
  toolCall: ToolCallPart,
  options: z.array(z.object({ optionId: z.string(), kind: z.string() })).max(50),
})
export type PermissionRequest = z.infer<typeof PermissionRequest>

/** A tool call as far as it is known. */
export interface ToolCall {
  id: string
  title: string
  kind: z.infer<typeof Kind>
  status: string
  paths: readonly string[]
  /** The command that it runs, where the agent says so. */
  command?: string
}

export type AgentUpdate =
  | { type: 'text'; text: string }
  | { type: 'tool'; part: ToolCallPart }
  | { type: 'cost'; session: string; cost: BuildCost }
  | { type: 'other' }

export type ToolCallPart = z.infer<typeof ToolCallPart>

const Notification = z.object({ sessionId: z.string().max(400).catch(''), update: z.unknown() })

/** Reads a `session/update`; kinds that the runner does not use, or cannot read, are `other`. */
export function readUpdate(params: unknown): AgentUpdate {
  const notification = Notification.safeParse(params).data
  const parsed = Update.safeParse(notification?.update)
  if (!parsed.success) return { type: 'other' }
  const update = parsed.data
  switch (update.sessionUpdate) {
    case 'agent_message_chunk':
      return { type: 'text', text: update.content.text }
    case 'tool_call':
    case 'tool_call_update':
      return { type: 'tool', part: update }
    case 'usage_update':
      return { type: 'cost', session: notification?.sessionId ?? '', cost: update.cost }
    default:
      return assertNever(update)
  }
}

/** A path that an agent gave as such or as a `file:` URL; none when it is empty. */
function readPath({ path }: { path?: string | undefined }): string[] {
  if (path === undefined || path === '') return []
  if (!path.startsWith('file:')) return [path]
  try {
    return [fileURLToPath(path)]
  } catch {
    // A URL that names no file of this machine must not be taken for a relative path.
    return [`/${path}`]
  }
}

/** A tool call with what a further message says about it. */
export function mergeToolCall(known: ToolCall | undefined, part: ToolCallPart): ToolCall {
  const named = [...(part.locations ?? []), ...(part.content ?? [])].flatMap(readPath)
  const command = part.rawInput ?? known?.command
  return {
    ...(command !== undefined && { command }),
    id: part.toolCallId,
    title: part.title ?? known?.title ?? '',
    kind: part.kind ?? known?.kind ?? 'other',
    status: part.status ?? known?.status ?? 'pending',
    paths: [...new Set([...(known?.paths ?? []), ...named])].slice(0, 200),
  }
}
