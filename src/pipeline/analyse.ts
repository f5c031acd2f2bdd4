import { Brief } from '../domain/brief.ts'
import { getConversation } from '../store/conversations.ts'
import { briefCounts, checkEvidence } from './brief-check.ts'
import type { PipelineDeps } from './deps.ts'
import { createMeter } from './meter.ts'
import type { Attempt } from './queue/queue.ts'
import { runStage } from './stage.ts'
import type { Steps } from './steps.ts'

/** The stage that turns the talk into a brief with evidence for every item. */
export async function analyse(
  deps: PipelineDeps,
  steps: Steps,
  attempt: Attempt<'analyse'>,
): Promise<void> {
  await runStage(
    deps,
    steps,
    {
      start: { type: 'start_analysis' },
      run: async ({ signal }, project) => {
        const conversation = await getConversation(deps.database.db, project.conversation_id)
        const { turns, title } = conversation
        const talk = { turns, ...(title !== null && { title }) }
        const meter = createMeter(deps, project, 'analyse')
        const brief = Brief.parse(await deps.analyst.analyse(talk, signal, meter))
        checkEvidence(brief, turns)
        return {
          document: { kind: 'brief', brief },
          action: { type: 'start_planning' },
          tell: (version) => ({
            ...(title === null && { title: brief.title }),
            events: [{ type: 'brief.ready', version, counts: briefCounts(brief) }],
          }),
          next: 'plan',
        }
      },
    },
    attempt,
  )
}
