import { conflict, invalidInput, notFound } from '../domain/errors.ts'
import type { EventBody } from '../domain/event.ts'
import { planFile } from '../domain/plan.ts'
import type { Principal } from '../domain/principal.ts'
import { type AnchoredDocument, anchorsIn } from '../kiro/anchors.ts'
import { audit } from '../store/audit.ts'
import type { Tx } from '../store/database.ts'
import { appendEvents } from '../store/events.ts'
import {
  countPlanComments,
  findPlanComment,
  insertPlanComment,
  markResolved,
  type PlanCommentRow,
} from '../store/plan-comments.ts'
import { getPlan } from '../store/plans.ts'
import type { ProjectRow } from '../store/projects.ts'
import type { PipelineDeps } from './deps.ts'
import { withProject } from './project-log.ts'

export interface CommentGiven {
  /** The comment's id, for a request that may come again; a repeat finds the first one. */
  id?: string | undefined
  document: AnchoredDocument
  /** The line's name in the newest version: `2.1`, or a heading of design.md. */
  ref: string
  body: string
}

/** All of a project's comments are read at once. */
const mostComments = 1_000

/** The longest part of a line that is kept with a comment. */
const longestQuote = 2_000

type CommentEvent = Extract<EventBody, { comment: string }>

async function tell(
  deps: PipelineDeps,
  tx: Tx,
  project: ProjectRow,
  event: CommentEvent,
): Promise<void> {
  const { type, by, ...details } = event
  await audit(tx, {
    id: deps.id(),
    workspaceId: project.workspace_id,
    actor: by,
    action: type === 'comment.added' ? 'comment.add' : 'comment.resolve',
    target: project.id,
    details,
  })
  await appendEvents(tx, project.id, [event])
}

/**
 * Adds what a person says about a line of a project's newest plan.
 *
 * @throws AppError `unknown_line` when the plan has no such line, `too_many_comments`, `not_found`
 */
export async function commentPlan(
  deps: PipelineDeps,
  principal: Principal,
  projectId: string,
  { document, ref, body, ...request }: CommentGiven,
): Promise<PlanCommentRow> {
  const id = request.id ?? deps.id()
  const by = principal.userId
  return withProject(deps, projectId, async (tx, project) => {
    const repeated = await findPlanComment(tx, projectId, id)
    if (repeated !== undefined) return repeated
    const plan = await getPlan(tx, projectId)
    const content = planFile(plan.body.files, document)?.content ?? ''
    const line = anchorsIn(document, content).find((anchor) => anchor.ref === ref)
    if (line === undefined) {
      const message = `Version ${plan.version} of the plan has no ${ref} in ${document}. Read it again and comment on a line that it has.`
      throw invalidInput('unknown_line', message, { version: plan.version })
    }
    if ((await countPlanComments(tx, projectId)) >= mostComments) {
      const message = `A project holds ${mostComments} comments at most.`
      throw conflict('too_many_comments', message)
    }
    const row = await insertPlanComment(tx, {
      id,
      workspaceId: project.workspace_id,
      projectId,
      document,
      ref,
      planVersion: plan.version,
      quote: line.text.slice(0, longestQuote).toWellFormed(),
      body,
      author: by,
      at: deps.clock(),
    })
    await tell(deps, tx, project, { type: 'comment.added', comment: id, document, ref, by })
    return row
  })
}

/**
 * Marks a comment as resolved; one that is resolved stays as it is.
 *
 * @throws AppError `not_found`
 */
export async function resolveComment(
  deps: PipelineDeps,
  principal: Principal,
  projectId: string,
  id: string,
): Promise<PlanCommentRow> {
  const by = principal.userId
  return withProject(deps, projectId, async (tx, project) => {
    const found = await findPlanComment(tx, projectId, id)
    if (found === undefined) throw notFound('comment')
    if (found.resolved_at !== null) return found
    const row = await markResolved(tx, id, { by, at: deps.clock() })
    const { document, ref } = row
    await tell(deps, tx, project, { type: 'comment.resolved', comment: id, document, ref, by })
    return row
  })
}
