import { Brief } from '../domain/brief.ts'
import { insertBrief } from '../store/briefs.ts'
import { getConversation } from '../store/conversations.ts'
import { briefCounts, checkEvidence } from './brief-check.ts'
import type { PipelineDeps } from './deps.ts'
import { act } from './project-log.ts'
import type { Attempt } from './queue/queue.ts'
import { runStage } from './stage.ts'

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
        return async (tx, locked, finished) => {
          const target = { id: locked.id, workspaceId: locked.workspace_id }
          const version = await insertBrief(tx, target, brief)
          const { id: projectId, priority } = locked
          await act(
            tx,
            locked,
            { type: 'start_planning' },
            {
              ...(title === null && { title: brief.title }),
              before: [finished],
              events: [{ type: 'brief.ready', version, counts: briefCounts(brief) }],
            },
          )
          await deps.queue.send(tx, 'plan', [{ data: { projectId }, key: projectId, priority }])
        }
      },
    },
    attempt,
  )
}
