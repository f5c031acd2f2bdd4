import type { Brief, BriefItem, Contradiction, Entity, OpenQuestion } from '../../domain/brief.ts'
import type { Manifest } from '../../domain/manifest.ts'
import { withNeeds } from '../../domain/ledger.ts'
import type { Turn } from '../../domain/turn.ts'
import { invalidInput } from '../../domain/errors.ts'
import { givenTitle } from '../given-title.ts'
import { itemLetters } from '../item-letters.ts'
import { faithfulnessOf } from '../offline/faithfulness.ts'
import { featureOf } from '../offline/naming.ts'
import { accountsOf } from '../ledger/accounts.ts'
import { claimsOf } from '../ledger/claims.ts'
import type { NeedFinder } from '../ledger/found-need.ts'
import { askedAbout } from '../ledger/missed.ts'
import type { Findings, ItemDraft } from './drafts.ts'

export interface Assembly {
  turns: readonly Turn[]
  title: string | undefined
  needs: NeedFinder
  manifest: Manifest
  madeBy: string
}

/** No id of a brief has more than four digits. */
const maxOfAKind = 9_999

/** The brief of checked findings: ids, ledger, coverage and faithfulness are code's own. */
export function briefOf(findings: Findings, assembly: Assembly): Brief {
  const items = numbered(findings.items)
  const entities = findings.entities.map((entity, at): Entity => ({ ...entity, id: `E${at + 1}` }))
  const asked = findings.questions.map((one, at): OpenQuestion => ({ ...one, id: `O${at + 1}` }))
  const contradictions = findings.contradictions.map((one, at): Contradiction => ({
    ...one,
    id: `K${at + 1}`,
  }))
  const isEnglish = findings.language.startsWith('en') || findings.language === ''
  const found = isEnglish ? assembly.needs(assembly.turns) : []
  const accounts = accountsOf({
    turns: assembly.turns,
    needs: found,
    claims: [
      ...claimsOf({ items, entities, openQuestions: asked, contradictions }),
      ...findings.replaced,
    ],
    ofTurns: findings.ledger,
  })
  const { needs, openQuestions } = askedAbout(accounts, found, asked)
  const title = findings.title || givenTitle(assembly.title)
  const ids = new Map(items.map(({ id, statement }) => [statement, id]))
  return {
    title,
    feature: featureOf(title),
    summary: findings.summary,
    language: { code: findings.language || 'en', supported: true },
    items,
    entities,
    openQuestions,
    contradictions,
    ...withNeeds(needs),
    faithfulness: faithfulnessOf(items),
    dropped: findings.dropped.map(({ statement, citation }) => ({
      item: ids.get(statement) ?? statement.slice(0, 120),
      citation,
    })),
    removed: findings.removed.slice(0, 200),
    manifest: assembly.manifest,
    madeBy: { kind: 'model', name: assembly.madeBy.slice(0, 120) },
  }
}

/** Items with their ids, kind by kind, in the order of the talk. */
function numbered(drafts: readonly ItemDraft[]): BriefItem[] {
  const kinds = Object.keys(itemLetters)
  const counts = new Map<string, number>()
  return [...drafts]
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || firstTurn(a) - firstTurn(b))
    .map((draft): BriefItem => {
      const number = (counts.get(draft.kind) ?? 0) + 1
      counts.set(draft.kind, number)
      if (number > maxOfAKind) {
        throw invalidInput(
          'talk_asks_too_much',
          `The talk asks for more than ${maxOfAKind} things. Split it into parts that can be planned each.`,
        )
      }
      return { id: `${itemLetters[draft.kind]}${number}`, ...draft }
    })
}

function firstTurn({ citations }: ItemDraft): number {
  return Math.min(...citations.map(({ turn }) => Number(turn.slice(1))), 1_000_000)
}
