import { nextBrief } from '../analysis/next-brief.ts'
import { Brief } from '../domain/brief.ts'
import { talkOf } from '../store/talks.ts'
import { briefCounts, checkEvidence } from './brief-check.ts'
import type { PipelineDeps } from './deps.ts'
import { knownOf } from './known.ts'
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
        const { db } = deps.database
        const talk = await talkOf(db, project)
        const known = await knownOf(db, project.id, talk.turns)
        const meter = createMeter(deps, project, 'analyse')
        const made = Brief.parse(await deps.analyst.analyse(talk, signal, meter))
        const brief = known === undefined ? made : Brief.parse(nextBrief(made, known))
        checkEvidence(brief, talk.turns)
        return {
          document: { kind: 'brief', brief },
          action: { type: 'start_planning' },
          tell: (version) => ({
            ...(talk.title === undefined && { title: brief.title }),
            events: [{ type: 'brief.ready', version, counts: briefCounts(brief) }],
          }),
          next: 'plan',
        }
      },
    },
    attempt,
  )
}
