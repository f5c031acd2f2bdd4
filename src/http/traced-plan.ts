import type { PrintedPlan } from '../planning/pdf/plan-pdf.ts'
import { getBrief } from '../store/briefs.ts'
import type { Tx } from '../store/database.ts'
import { getPlan } from '../store/plans.ts'
import { getProject } from '../store/projects.ts'
import { talkOf } from '../store/talks.ts'
import { approvedView } from './project-views.ts'

/** A version of a plan, the newest unless said, with the brief and the talk that it comes from. */
export async function tracedPlan(
  tx: Tx,
  projectId: string,
  version?: number,
): Promise<PrintedPlan> {
  const plan = await getPlan(tx, projectId, version)
  const { brief } = await getBrief(tx, projectId, plan.brief_version ?? undefined)
  const { turns } = await talkOf(tx, await getProject(tx, projectId))
  const { body: draft, hash } = plan
  return { brief, draft, hash, turns, version: plan.version, approved: approvedView(plan) }
}
