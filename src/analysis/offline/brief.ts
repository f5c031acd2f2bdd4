import type { Brief, BriefItem } from '../../domain/brief.ts'
import { citationFault, turnsById, type Citation } from '../../domain/citation.ts'
import type { Talk } from '../../domain/turn.ts'
import { type AppError, invalidInput } from '../../domain/errors.ts'
import { itemLetters } from '../item-letters.ts'
import { contradictionsOf } from './contradictions.ts'
import { entitiesOf } from './entities.ts'
import { faithfulnessOf } from './faithfulness.ts'
import type { Finding } from './findings.ts'
import { coverageOf, idsByTurn, ledgerOf } from './ledger.ts'
import { mergeFindings } from './merge.ts'
import { addForeign, withoutForeign } from './foreign.ts'
import { businessIn } from './business.ts'
import { featureOf, productIn, summaryOf, titleOf } from './naming.ts'
import { usersOf } from './people.ts'
import { unanswered } from './questions.ts'
import { scanTalk } from './scan.ts'
import type { Scan } from './scan-state.ts'
import { unclearIn } from './unclear.ts'
import type { Steps } from './steps.ts'
import type { Tagger } from './words.ts'

/** No id of a brief has more than four digits. */
const maxOfAKind = 9_999

/** The brief of a talk in English. @throws AppError `talk_asks_too_much` */
export function* briefOf(
  talk: Talk,
  tag: Tagger,
  foreign: ReadonlyMap<string, string>,
): Steps<Brief> {
  const scan = yield* scanTalk(withoutForeign(talk, foreign), tag)
  addForeign(scan, talk, foreign)
  const { items: merged, superseded } = mergeFindings(scan.findings)
  const turns = turnsById(talk.turns)
  const dropped: Brief['dropped'] = []
  const items = numbered([...merged, ...usersOf(merged)]).map((item) =>
    verified(item, turns, dropped),
  )
  const known = ledgerFor(talk, scan, superseded, items, questionsOf(scan))
  const accounted = new Set(known.map(({ turn }) => turn))
  scan.questions.push(...unclearIn(scan, (at) => accounted.has(talk.turns[at]?.id ?? '')))
  const openQuestions = questionsOf(scan)
  const entities = entitiesOf(scan.records, merged)
  const ledger = ledgerFor(talk, scan, superseded, items, openQuestions)
  const business = businessIn(scan.sentences)
  const product = productIn(scan.sentences)
  const title = titleOf({ business: business?.core, product, items, entities, given: talk.title })
  return {
    title,
    feature: featureOf(title),
    summary: summaryOf(business?.said, items, entities),
    language: { code: 'en', supported: true },
    items,
    entities,
    openQuestions,
    contradictions: contradictionsOf(merged),
    ledger,
    coverage: coverageOf(scan.bearing, ledger),
    faithfulness: faithfulnessOf(items),
    dropped,
    madeBy: { kind: 'offline', name: 'offline analyst' },
  }
}

/** Items with their ids, kind by kind, in the order in which they were said. */
function numbered(findings: readonly Finding[]): BriefItem[] {
  const kinds = Object.keys(itemLetters)
  const sorted = [...findings].sort(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.at - b.at,
  )
  const counts = new Map<string, number>()
  return sorted.map((finding) => {
    const letter = itemLetters[finding.kind]
    const number = (counts.get(letter) ?? 0) + 1
    counts.set(letter, number)
    if (number > maxOfAKind) throw asksTooMuch()
    return {
      id: `${letter}${number}`,
      kind: finding.kind,
      statement: finding.statement,
      ...(finding.saidBy !== '' && { saidBy: finding.saidBy }),
      priority: finding.priority,
      citations: [...finding.citations],
      ...(finding.clause && { clause: finding.clause }),
    }
  })
}

function asksTooMuch(): AppError {
  return invalidInput(
    'talk_asks_too_much',
    `The talk asks for more than ${maxOfAKind} things. Split it into parts that can be planned each.`,
  )
}

/** The item with only those citations that stand in their turn; the others are noted as dropped. */
function verified(
  item: BriefItem,
  turns: ReturnType<typeof turnsById>,
  dropped: Brief['dropped'],
): BriefItem {
  const good: Citation[] = []
  for (const citation of item.citations) {
    if (citationFault(citation, turns) === undefined) good.push(citation)
    else dropped.push({ item: item.id, citation })
  }
  return { ...item, citations: good }
}

function questionsOf(scan: Scan): Brief['openQuestions'] {
  const all = [...scan.questions, ...unanswered(scan.sentences)]
  const first = new Map(all.toReversed().map((question) => [question.question, question]))
  if (first.size > maxOfAKind) throw asksTooMuch()
  return [...first.values()].toReversed().map(({ question, why, citations }, index) => ({
    id: `O${index + 1}`,
    question,
    why,
    citations,
  }))
}

function ledgerFor(
  talk: Talk,
  scan: Scan,
  superseded: Parameters<typeof ledgerOf>[0]['superseded'],
  items: readonly BriefItem[],
  questions: Brief['openQuestions'],
): Brief['ledger'] {
  const turnId = (at: number): string => talk.turns[at]?.id ?? 't1'
  const byTurn = (ids: ReadonlyMap<string, string[]>): Map<number, string[]> =>
    new Map(
      [...scan.bearing].flatMap((at) => {
        const found = ids.get(turnId(at))
        return found === undefined ? [] : [[at, found] as const]
      }),
    )
  return ledgerOf({
    bearing: scan.bearing,
    rejected: scan.rejected,
    superseded,
    items: byTurn(idsByTurn(items)),
    questions: byTurn(idsByTurn(questions)),
    turnId,
  })
}
