import { Brief } from '../domain/brief.ts'
import { conflict, invalidInput } from '../domain/errors.ts'
import { PlanDraft, planFile, planHash } from '../domain/plan.ts'
import type { Principal } from '../domain/principal.ts'
import { lintSpec } from '../kiro/lint.ts'
import type { Finding } from '../kiro/tree.ts'
import { type Edit, editableDocuments, editPlan } from '../planning/edit-plan.ts'
import { audit } from '../store/audit.ts'
import { getBrief, insertBriefs } from '../store/briefs.ts'
import type { Tx } from '../store/database.ts'
import { resolveLettersOf } from '../store/dead-letters.ts'
import { getPlan, insertPlans, type PlanRow } from '../store/plans.ts'
import type { ProjectRow } from '../store/projects.ts'
import { briefCounts } from './brief-check.ts'
import type { PipelineDeps } from './deps.ts'
import { planCounts } from './plan-check.ts'
import { act, withProject } from './project-log.ts'
import { isBuilding } from './revise.ts'

export interface PlanEdit {
  /** The plan that the person has changed. */
  planHash: string
  documents: Edit
}

/** How many of the linter's errors an answer names. */
const maxNamed = 50

function checkDocuments(findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first === undefined) return
  throw invalidInput(
    'plan_not_valid',
    `The documents have ${errors.length} errors by Kiro's grammar; the first: ${first.message} (${first.file}, line ${first.line}). Mend them and send the documents again.`,
    { errors: errors.slice(0, maxNamed) },
  )
}

function planChanged({ hash: planHash, version }: PlanRow): Error {
  const message = 'The plan has changed since you read it. Read the new version and edit that one.'
  return conflict('plan_changed', message, { planHash, version })
}

/** Whether the plan has these documents already, to the letter. */
function isThere({ body }: PlanRow, documents: Edit): boolean {
  return editableDocuments.every((name) => {
    const wanted = documents[name]
    return wanted === undefined || planFile(body.files, name)?.content === wanted
  })
}

interface Written {
  brief: Brief
  briefVersion: number
  draft: PlanDraft
  hash: string
  lint: readonly Finding[]
}

/** What the documents make of a plan; nothing is stored. */
async function write(
  deps: PipelineDeps,
  by: string,
  before: PlanRow,
  documents: Edit,
): Promise<Written> {
  const { brief, version } = await getBrief(deps.database.db, before.project_id)
  const edited = editPlan(before.body, brief, documents, by)
  const draft = PlanDraft.parse(edited.draft)
  const lint = lintSpec(draft.files, draft.trace)
  checkDocuments(lint)
  const hash = await planHash(draft.files)
  return { brief: Brief.parse(edited.brief), briefVersion: version, draft, hash, lint }
}

async function store(
  deps: PipelineDeps,
  tx: Tx,
  project: ProjectRow,
  { written, by }: { written: Written; by: string },
): Promise<void> {
  const { brief, draft, hash, lint } = written
  const of = { projectId: project.id, workspaceId: project.workspace_id }
  const briefs = await insertBriefs(tx, [{ ...of, brief }])
  const briefVersion = briefs.get(project.id) ?? written.briefVersion + 1
  const plans = await insertPlans(tx, [{ ...of, hash, draft, lint, briefVersion, editedBy: by }])
  const version = plans.get(project.id) ?? 0
  // What an ended project has left in the queue would take this version for its own.
  await deps.queue.withdraw(tx, project.id)
  await resolveLettersOf(tx, project.id, 'retried', deps.clock())
  await audit(tx, {
    id: deps.id(),
    workspaceId: project.workspace_id,
    actor: by,
    action: 'plan.edit',
    target: project.id,
    details: { version, hash },
  })
  const events = [
    { type: 'brief.ready', version: briefVersion, counts: briefCounts(brief) },
    { type: 'plan.ready', version, hash, counts: planCounts(draft, lint) },
  ] as const
  await act(tx, project, { type: 'edit_plan' }, { before: events })
}

/**
 * Makes the next version of a plan out of a person's documents; it always waits for an approval.
 *
 * @throws AppError `plan_changed`, `plan_not_valid`, `plan_unchanged`, `wrong_status`,
 *   `unknown_document`, `numbers_moved`, `not_found`
 */
export async function putPlan(
  deps: PipelineDeps,
  principal: Principal,
  projectId: string,
  request: PlanEdit,
): Promise<PlanRow> {
  const by = principal.userId
  const { db } = deps.database
  const before = await getPlan(db, projectId)
  if (before.hash !== request.planHash) throw planChanged(before)
  if (isThere(before, request.documents)) {
    throw invalidInput('plan_unchanged', 'The documents say what the plan says already.')
  }
  const written = await write(deps, by, before, request.documents)
  return withProject(deps, projectId, async (tx, project) => {
    const present = await getPlan(tx, projectId)
    const { version: briefVersion } = await getBrief(tx, projectId)
    const isNewest = present.version === before.version && briefVersion === written.briefVersion
    if (!isNewest) throw planChanged(present)
    if (await isBuilding(tx, project)) {
      const message =
        'The plan is being built. Edit it when the build has ended, or cancel it first.'
      throw conflict('wrong_status', message, { projectStatus: project.status })
    }
    await store(deps, tx, project, { written, by })
    return getPlan(tx, projectId)
  })
}
