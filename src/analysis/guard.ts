import { Brief, type BriefItem, type Need } from '../domain/brief.ts'
import { type Citation, citationFault, turnsById } from '../domain/citation.ts'
import type { Flag, Removal } from '../domain/flag.ts'
import { canonicalJson, sha256 } from '../domain/json.ts'
import { ledgerOf, withNeeds } from '../domain/ledger.ts'
import { boundedLine } from '../domain/screen/bounded-line.ts'
import { signalIn } from '../domain/screen/screen.ts'
import { type Signal, signalReason } from '../domain/screen/signal.ts'
import { screenTalk } from '../domain/screen/talk.ts'
import { titleSignal, type Title, untitled } from '../domain/screen/title.ts'
import type { Talk } from '../domain/turn.ts'
import type { Analyst } from './analyst.ts'
import type { Outcome } from './ledger/claims.ts'
import { distinctNeeds, inTurnOrder, withoutEntries } from './ledger/without-entries.ts'

/**
 * Puts an analyst behind the checks that hold for every one, offline or model: words of the talk
 * that address a machine never reach it, what they say never reaches the brief, and both are shown
 * as flags. Adds the manifest's hash of the talk and the versions of the tools.
 */
export function guardAnalyst(inner: Analyst, tools: Readonly<Record<string, string>>): Analyst {
  return {
    ...inner,
    async analyse(talk, signal, meter) {
      const screened = screenTalk(talk)
      const found = await inner.analyse(screened.talk, signal, meter)
      const safe = withoutUnsafe(found, talk)
      const manifest = {
        prompts: [],
        models: [],
        parameters: {},
        repairs: 0,
        ...found.manifest,
        transcript: await transcriptHash(talk),
        tools: { ...found.manifest?.tools, ...tools },
      }
      return Brief.parse({ ...withFlags(safe, screened.flags, talk), manifest })
    },
  }
}

/** The hash that a manifest names: of who said what, in order. */
export function transcriptHash({ turns }: Talk): Promise<string> {
  return sha256(
    canonicalJson(turns.map(({ id, speaker, role, text }) => [id, speaker, role, text])),
  )
}

/** Every text of an entry that could reach a plan, in one. */
function textsOf(value: object): string {
  const { citations: _quotes, ...rest } = { citations: [], ...value }
  return Object.values(rest)
    .map((part) => (typeof part === 'object' && part !== null ? textsOf(part) : String(part)))
    .join('\n')
}

/** Takes out what says something for a machine, whoever made the brief, and checks its quotes once more. */
function withoutUnsafe(brief: Brief, talk: Talk): Brief {
  const byId = turnsById(talk.turns)
  const removed: Removal[] = [...(brief.removed ?? [])]
  const dropped = [...brief.dropped]
  const verified = <T extends { id: string; citations: Citation[] }>(entry: T): T => {
    const faulty = entry.citations.filter((one) => citationFault(one, byId) !== undefined)
    dropped.push(...faulty.map((citation) => ({ item: entry.id, citation })))
    return { ...entry, citations: entry.citations.filter((one) => !faulty.includes(one)) }
  }
  const safe = <T extends object>(what: string, text: (entry: T) => string) => {
    return (entry: T): boolean => {
      const signal = signalIn(textsOf(entry))
      if (signal !== undefined) removed.push(removalOf(what, text(entry), signal))
      return signal === undefined
    }
  }
  const items = brief.items
    .filter(safe('item', ({ statement }) => statement))
    .map(verified)
    .filter(({ citations, inferred }) => citations.length > 0 || inferred !== undefined)
  return {
    ...brief,
    ...safeTitle(brief, removed),
    summary: signalIn(brief.summary) === undefined ? boundedLine(brief.summary, 2_000) : '',
    items: items.map(bounded),
    entities: brief.entities
      .filter(safe('entity', ({ name }) => name))
      .map(verified)
      .filter(({ citations, inferred }) => citations.length > 0 || inferred !== undefined),
    openQuestions: brief.openQuestions
      .filter(safe('question', ({ question }) => question))
      .map(verified)
      .map((one) => ({
        ...one,
        question: boundedLine(one.question, 500) || '-',
        why: boundedLine(one.why, 300),
      })),
    contradictions: brief.contradictions
      .filter(safe('contradiction', ({ statement }) => statement))
      .map(verified)
      .filter(({ citations }) => citations.length > 1),
    dropped,
    ...(removed.length > 0 && { removed: removed.slice(0, 200) }),
  }
}

/** The title and the folder's name, which is made of it. */
function safeTitle(brief: Brief, removed: Removal[]): Title {
  const signal = titleSignal(brief)
  const title = signal === undefined ? boundedLine(brief.title, 120) : ''
  if (title !== '') return { title, feature: brief.feature }
  if (signal !== undefined) removed.push(removalOf('title', brief.title, signal))
  return untitled
}

function bounded(item: BriefItem): BriefItem {
  return { ...item, statement: boundedLine(item.statement, 1_000) || '-' }
}

function removalOf(what: string, text: string, signal: Signal): Removal {
  return { what, text: boundedLine(text, 200), reason: signalReason(signal) }
}

const failed: Outcome = {
  outcome: 'rejected',
  reason: 'What was made of it did not pass the checks.',
}

/** The brief with its flags, and with what they set aside of clients' turns in the ledger. */
function withFlags(brief: Brief, flags: readonly Flag[], talk: Talk): Brief {
  const entries = [brief.items, brief.entities, brief.openQuestions, brief.contradictions].flat()
  const known = new Set(entries.map(({ id }) => id))
  const byId = turnsById(talk.turns)
  const left = withoutEntries(brief.needs ?? [], (id) => known.has(id), failed)
  const set = flags
    .filter(({ turn }) => byId.get(turn)?.role === 'client')
    .map(({ turn, quote, reason }): Need => ({ turn, quote, outcome: 'rejected', reason }))
  const all = inTurnOrder(distinctNeeds([...set, ...left]))
  // What a speaker's name says stands in no turn: its turn alone is told of.
  const needs = all.filter((need) => citationFault(need, byId) === undefined)
  return {
    ...brief,
    ...withNeeds(needs),
    ledger: ledgerOf(all),
    ...(flags.length > 0 && { flags: [...flags] }),
  }
}
