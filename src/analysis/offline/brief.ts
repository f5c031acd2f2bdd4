import type { Brief, BriefItem } from '../../domain/brief.ts'
import { citationFault, turnsById, type Citation } from '../../domain/citation.ts'
import type { Talk } from '../../domain/turn.ts'
import { type AppError, invalidInput } from '../../domain/errors.ts'
import { itemLetters } from '../item-letters.ts'
import { contradictionsOf } from './contradictions.ts'
import { entitiesOf } from './entities.ts'
import { faithfulnessOf } from './faithfulness.ts'
import type { Finding } from './findings.ts'
import { mergeFindings, type Merged, type Superseded } from './merge.ts'
import { accountsOf } from '../ledger/accounts.ts'
import { type Claim, claimsOf } from '../ledger/claims.ts'
import { askedAbout } from '../ledger/missed.ts'
import { withNeeds } from '../../domain/ledger.ts'
import { needsIn } from './needs.ts'
import { addForeign, withoutForeign } from './foreign.ts'
import { businessIn } from './business.ts'
import { featureOf, productIn, subjectIn, summaryOf, titleOf } from './naming.ts'
import { usersOf } from './people.ts'
import { personsIn, withNames } from './proper-names.ts'
import { unanswered } from './questions.ts'
import { scanTalk } from './scan.ts'
import type { Scan } from './scan-state.ts'
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
  const needs = [...(yield* needsIn(scan.sentences)), ...addForeign(scan, talk, foreign)]
  const { items: merged, superseded } = mergeFindings(scan.findings)
  const turns = turnsById(talk.turns)
  const dropped: Brief['dropped'] = []
  const all = numbered([...merged, ...usersOf(merged, personsIn(talk.turns))])
  const named = withNames(talk.turns)
  const items = all.map(({ item }) => named(verified(item, turns, dropped)))
  const entries = {
    items,
    entities: entitiesOf(scan.records, merged),
    openQuestions: questionsOf(scan),
    contradictions: contradictionsOf(merged),
  }
  const claims = [
    ...claimsOf(entries),
    ...all.flatMap(({ item, finding }) => repeats(item.id, finding)),
    ...superseded.map((one) => replaced(one, talk)),
    ...scan.rejected.map(rejection),
  ]
  const accounts = accountsOf({ turns: talk.turns, needs, claims })
  const asked = askedAbout(accounts, needs, entries.openQuestions)
  const business = businessIn(scan.sentences)
  const product = productIn(scan.sentences)
  const title = titleOf({
    business: business?.core,
    product,
    items,
    entities: entries.entities,
    given: talk.title,
    subject: subjectIn(scan.sentences),
  })
  return {
    title,
    feature: featureOf(title),
    summary: summaryOf(business?.said, items, entries.entities),
    language: { code: 'en', supported: true },
    ...entries,
    openQuestions: asked.openQuestions,
    ...withNeeds(asked.needs),
    faithfulness: faithfulnessOf(items),
    dropped,
    madeBy: { kind: 'offline', name: 'offline analyst' },
  }
}

/** An item cites twenty places at most, and may have been said at more. */
function repeats(id: string, finding: Finding | Merged): Claim[] {
  const found = 'found' in finding ? finding.found : []
  return found.map(({ statement, citations }) => ({
    text: statement,
    citations,
    became: { outcome: 'used', items: [id] },
  }))
}

function replaced({ finding, by }: Superseded, { turns }: Talk): Claim {
  const { statement, citations, at } = finding
  // What is put right in one breath was never asked for.
  const later = turns[by]?.id ?? 't1'
  return {
    text: statement,
    citations: at === by ? [] : citations,
    became: { outcome: 'superseded', by: later },
  }
}

function rejection({ citation, reason }: Scan['rejected'][number]): Claim {
  return {
    text: citation.quote,
    citations: [citation],
    became: { outcome: 'rejected', reason },
    weak: true,
  }
}

/** Items with their ids, kind by kind, in the order in which they were said. */
function numbered(
  findings: readonly (Finding | Merged)[],
): { item: BriefItem; finding: Finding | Merged }[] {
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
    const item = {
      id: `${letter}${number}`,
      kind: finding.kind,
      statement: finding.statement,
      ...(finding.saidBy !== '' && { saidBy: finding.saidBy }),
      priority: finding.priority,
      citations: [...finding.citations],
      ...(finding.clause && { clause: finding.clause }),
    }
    return { item, finding }
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
