import { citationFault, turnsById } from '../domain/citation.ts'
import { AppError } from '../domain/errors.ts'
import { Brief } from '../domain/brief.ts'
import type { Turn } from '../domain/turn.ts'
import { insertBrief } from '../store/briefs.ts'
import { getConversation } from '../store/conversations.ts'
import { setProjectTitle } from '../store/projects.ts'
import type { PipelineDeps } from './deps.ts'
import { act } from './project-log.ts'
import type { Attempt } from './queue/queue.ts'
import { runStage } from './stage.ts'

/** Nothing leaves the stage whose evidence does not stand in the talk, whoever made the brief. */
function checkEvidence(brief: Brief, turns: readonly Turn[]): void {
  const byId = turnsById(turns)
  const items = [...brief.items, ...brief.entities]
  for (const item of items) {
    for (const citation of item.citations) {
      const fault = citationFault(citation, byId)
      if (fault === undefined) continue
      throw new AppError(
        'citation_not_verbatim',
        `Item ${item.id} cites words that do not stand in turn ${citation.turn}. Run the analysis again.`,
        { details: { item: item.id, fault } },
      )
    }
    if (item.citations.length === 0 && item.inferred === undefined) {
      throw new AppError(
        'item_without_evidence',
        `Item ${item.id} neither cites the talk nor says that it is inferred.`,
        { details: { item: item.id } },
      )
    }
  }
}

function briefCounts(brief: Brief): Record<string, number> {
  const items = [...brief.items, ...brief.entities]
  return {
    items: brief.items.length,
    requirements: brief.items.filter((item) => item.kind === 'requirement').length,
    entities: brief.entities.length,
    citations: items.reduce((sum, item) => sum + item.citations.length, 0),
    openQuestions: brief.openQuestions.length,
    contradictions: brief.contradictions.length,
  }
}

/** The stage that turns the talk into a brief with evidence for every item. */
export async function analyse(deps: PipelineDeps, attempt: Attempt<'analyse'>): Promise<void> {
  await runStage(
    deps,
    {
      stage: 'analyse',
      start: { type: 'start_analysis' },
      run: async ({ signal }, project) => {
        const conversation = await getConversation(deps.database.db, project.conversation_id)
        const { turns, title } = conversation
        const talk = { turns, ...(title !== null && { title }) }
        const brief = Brief.parse(await deps.analyst.analyse(talk, signal))
        checkEvidence(brief, turns)
        return async (tx, locked) => {
          const target = { id: locked.id, workspaceId: locked.workspace_id }
          const version = await insertBrief(tx, target, brief)
          if (title === null) await setProjectTitle(tx, locked.id, brief.title)
          await act(
            tx,
            locked,
            { type: 'start_planning' },
            { events: [{ type: 'brief.ready', version, counts: briefCounts(brief) }] },
          )
          const { id: projectId, priority } = locked
          await deps.queue.send(tx, 'plan', [{ data: { projectId }, key: projectId, priority }])
        }
      },
    },
    attempt,
  )
}
