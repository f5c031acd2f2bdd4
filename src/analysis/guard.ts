import { Brief, type BriefItem, type LedgerEntry } from '../domain/brief.ts'
import { type Citation, citationFault, turnsById } from '../domain/citation.ts'
import type { Flag, Removal } from '../domain/flag.ts'
import { canonicalJson, sha256 } from '../domain/json.ts'
import { boundedLine } from '../domain/screen/bounded-line.ts'
import { signalIn } from '../domain/screen/screen.ts'
import { type Signal, signalReason } from '../domain/screen/signal.ts'
import { screenTalk } from '../domain/screen/talk.ts'
import { titleSignal, type Title, untitled } from '../domain/screen/title.ts'
import type { Talk, Turn } from '../domain/turn.ts'
import type { Analyst } from './analyst.ts'

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

/** The brief with its flags, and with the flagged turns of clients in the ledger. */
function withFlags(brief: Brief, flags: readonly Flag[], talk: Talk): Brief {
  const known = new Set(
    [...brief.items, ...brief.entities, ...brief.openQuestions].map(({ id }) => id),
  )
  const left = brief.ledger.flatMap((entry): LedgerEntry[] => {
    if (entry.outcome !== 'used' && entry.outcome !== 'open') return [entry]
    const items = entry.items.filter((id) => known.has(id))
    return items.length > 0 ? [{ ...entry, items }] : []
  })
  const entries = new Map(left.map((entry) => [entry.turn, entry]))
  const lost = brief.ledger.filter(({ turn }) => !entries.has(turn))
  const rejected = new Map<string, string>()
  for (const { turn } of lost) rejected.set(turn, 'What was made of it did not pass the checks.')
  const clients = new Set(talk.turns.filter(isClient).map(({ id }) => id))
  for (const flag of flags) if (clients.has(flag.turn)) rejected.set(flag.turn, flag.reason)
  const kept = left.filter((entry) => entry.outcome !== 'rejected' || !rejected.has(entry.turn))
  const more = [...rejected].map(([turn, reason]): LedgerEntry => ({
    turn,
    outcome: 'rejected',
    reason,
  }))
  const place = new Map(talk.turns.map(({ id }, at) => [id, at]))
  // Where a turn was used as well, its use comes last and is what stands for the turn.
  const ledger = [...more, ...kept].sort(
    (a, b) => (place.get(a.turn) ?? 0) - (place.get(b.turn) ?? 0),
  )
  return { ...brief, ledger, ...(flags.length > 0 && { flags: [...flags] }) }
}

function isClient({ role }: Turn): boolean {
  return role === 'client'
}
