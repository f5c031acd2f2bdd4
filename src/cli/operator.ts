import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { ensureFirstWorkspace } from '../access/first-workspace.ts'
import { invalidInput } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import type { PipelineDeps } from '../pipeline/deps.ts'
import { withPipeline } from './command-pipeline.ts'
import type { Context } from './context.ts'

export interface Operator {
  pipeline: PipelineDeps
  principal: Principal
}

/** Acts for the owner of the first workspace, on the configured database. */
export function asOperator<T>(
  context: Context,
  run: (operator: Operator) => Promise<T>,
): Promise<T> {
  return withPipeline(context, async (pipeline) => {
    const { workspaceId, ownerId } = await ensureFirstWorkspace(pipeline.database, randomUUID)
    return run({
      pipeline,
      principal: { userId: ownerId, workspaceId, role: 'owner', via: 'admin_key' },
    })
  })
}

/** An id as it was given on the command line. @throws AppError `bad_option` */
export function uuid(what: string, text: string): string {
  const { data } = z.uuid().safeParse(text)
  if (data !== undefined) return data
  throw invalidInput('bad_option', `"${text}" is no id of a ${what}. Copy it from the list.`)
}

/** A choice as it was given on the command line. @throws AppError `bad_option` that names what there is. */
export function oneOf<T extends string>(
  what: string,
  schema: z.ZodEnum<Record<T, T>>,
  text: string | undefined,
): T | undefined {
  if (text === undefined) return undefined
  const { data } = schema.safeParse(text)
  if (data !== undefined) return data
  const known = schema.options.join(', ')
  throw invalidInput('bad_option', `There is no ${what} "${text}". Choose one of: ${known}.`)
}
