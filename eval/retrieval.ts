import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { passageFinder, type PassageFinder } from '../src/analysis/evidence/passages.ts'
import { expectedOf, turnsOf } from '../src/analysis/testing/expected-talk.ts'
import { blindTalks, heldBackTalks, knownTalks } from '../src/analysis/testing/talks/all-talks.ts'
import type { Turn } from '../src/domain/turn.ts'
import { plainFinder } from './plain-bm25.ts'
import { realFolder } from './real-talks.ts'

/** How often one of the first turns that a finder gives is one that was marked. */
export interface RetrievalRow {
  retrieval: string
  finder: 'passages' | 'plain BM25'
  queries: number
  hitAt1: number
  hitAt3: number
  hitAt5: number
  /** Mean reciprocal rank. */
  mrr: number
}

interface Query {
  text: string
  isMarked: (passage: { turn: string; at: number }) => boolean
}

interface Collection {
  turns: readonly Turn[]
  queries: readonly Query[]
}

const Span = z.tuple([z.coerce.number().int(), z.coerce.number().int()])
const Marked = z.object({ query: z.string(), relevant_text_span: z.array(Span) })
const Meeting = z.object({
  specific_query_list: z.array(Marked),
  meeting_transcripts: z.array(z.object({ speaker: z.string(), content: z.string() })),
})

/** Constants were tuned on the golden talks and this meeting; the others are only measured. */
const tunedOn = 'qmsum-ES2002a.json'

/** Figures of both finders for the golden statements and for the meetings with marked spans. */
export function retrievalRows(): RetrievalRow[] {
  const meetings = existsSync(realFolder)
    ? readdirSync(realFolder)
        .filter((name) => name.startsWith('qmsum-') && name.endsWith('.json'))
        .sort()
    : []
  const groups: readonly [string, Collection[]][] = [
    ['golden, tuned', knownTalks.map(goldenCollection)],
    ['golden, held back', [...heldBackTalks, ...blindTalks].map(goldenCollection)],
    ['QMSum, tuned', meetings.filter((name) => name === tunedOn).map(meetingCollection)],
    ['QMSum, only measured', meetings.filter((name) => name !== tunedOn).map(meetingCollection)],
    ['QMSum, all meetings', meetings.map(meetingCollection)],
  ]
  return groups
    .filter(([, collections]) => collections.length > 0)
    .flatMap(([name, collections]) => [
      measured(name, 'passages', passageFinder, collections),
      measured(name, 'plain BM25', plainFinder, collections),
    ])
}

function goldenCollection({ lines, asked }: (typeof knownTalks)[number]): Collection {
  const queries = asked
    .map((text) => expectedOf(text))
    .filter(({ turns }) => turns.length > 0)
    .map(({ statement, turns }) => ({
      text: statement,
      isMarked: ({ turn }: { turn: string }) => turns.includes(turn),
    }))
  return { turns: turnsOf(lines), queries }
}

function meetingCollection(name: string): Collection {
  const meeting = Meeting.parse(JSON.parse(readFileSync(join(realFolder, name), 'utf8')))
  const turns = meeting.meeting_transcripts.map(({ speaker, content }, at): Turn => ({
    id: `t${at + 1}`,
    speaker,
    role: 'client',
    text: content,
  }))
  const queries = meeting.specific_query_list.map(({ query, relevant_text_span: spans }) => ({
    text: query,
    isMarked: ({ at }: { at: number }) => spans.some(([from, to]) => at >= from && at <= to),
  }))
  return { turns, queries }
}

function measured(
  retrieval: string,
  finder: RetrievalRow['finder'],
  finderOf: (turns: readonly Turn[]) => PassageFinder,
  collections: readonly Collection[],
): RetrievalRow {
  const ranks = collections.flatMap(({ turns, queries }) => {
    const passages = finderOf(turns)
    return queries.map(({ text, isMarked }) => passages.find(text, 50).findIndex(isMarked) + 1)
  })
  const hit = (most: number) =>
    ranks.filter((rank) => rank > 0 && rank <= most).length / ranks.length
  return {
    retrieval,
    finder,
    queries: ranks.length,
    hitAt1: hit(1),
    hitAt3: hit(3),
    hitAt5: hit(5),
    mrr: ranks.reduce((sum, rank) => sum + (rank > 0 ? 1 / rank : 0), 0) / ranks.length,
  }
}
