import type { Answer } from '../analysis/settle-answers.ts'
import type { Known } from '../analysis/next-brief.ts'
import { turnsById } from '../domain/citation.ts'
import type { Turn } from '../domain/turn.ts'
import { answersOf } from '../store/answers.ts'
import { highestIds, latestBrief } from '../store/briefs.ts'
import type { Queryable } from '../store/database.ts'

/** What is known of a project before its talk is analysed once more; undefined the first time. */
export async function knownOf(
  db: Queryable,
  projectId: string,
  turns: readonly Turn[],
): Promise<Known | undefined> {
  const latest = await latestBrief(db, projectId)
  if (latest === undefined) return undefined
  const byId = turnsById(turns)
  const answers = (await answersOf(db, projectId)).flatMap((row): Answer[] => {
    const [askedIn, saidIn] = [byId.get(row.asked_in), byId.get(row.said_in)]
    // One that was given after these turns were read belongs to the analysis that comes next.
    if (askedIn === undefined || saidIn === undefined) return []
    const { asked, citations, holds } = row
    const kind = row.item.startsWith('K') ? 'contradiction' : 'question'
    return [{ kind, asked, citations, holds, askedIn, saidIn }]
  })
  return { brief: latest.brief, answers, highest: await highestIds(db, projectId), turns }
}
