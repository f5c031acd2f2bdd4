import type { Clause, Entity, LedgerEntry } from '../../domain/brief.ts'
import type { Citation } from '../../domain/citation.ts'
import { boundedLine } from '../../domain/screen/bounded-line.ts'
import { signalIn } from '../../domain/screen/screen.ts'
import { signalReason } from '../../domain/screen/signal.ts'
import { type Turn, TurnId } from '../../domain/turn.ts'
import type { AnsweredBrief, AnsweredEntity, AnsweredItem, AnsweredQuote } from './answer.ts'
import { type Findings, type ItemDraft, noFindings } from './drafts.ts'
import { contentWords } from '../offline/findings.ts'
import { checkQuotes, type FoundQuote } from './quotes.ts'
import { supportOf } from './support.ts'

/** No part of a talk asks for more; what goes beyond is noise or an attack. */
const most = { items: 400, inferred: 5, entities: 60, fields: 60, questions: 100, ledger: 2_000 }

/**
 * Turns a model's answer into findings: keeps what stands on words of the talk, and says of
 * everything else why it was taken out. Nothing of the answer is believed.
 */
export function digest(answer: AnsweredBrief, turns: readonly Turn[]): Findings {
  const findings = noFindings()
  const digestion = {
    findings,
    turns,
    byId: new Map(turns.map((turn) => [turn.id, turn])),
    spoken: spokenWords(answer, turns),
  }
  findings.title = spokenOf(digestion, 'title', answer.title, 120)
  findings.summary = spokenOf(digestion, 'summary', answer.summary, 1_000)
  findings.language = boundedLine(answer.language, 8).toLowerCase()
  for (const item of answer.items.slice(0, most.items)) takeItem(digestion, item)
  for (const entity of answer.entities.slice(0, most.entities)) takeEntity(digestion, entity)
  for (const { question, why, quotes } of answer.openQuestions.slice(0, most.questions)) {
    const citations = takeQuotes(digestion, question, quotes).map(bare)
    const asked = spokenOf(digestion, 'question', question, 500)
    if (asked !== '') {
      const reason = isSpokenOf(digestion, why)
        ? safeLine(digestion, 'reason', why, 300)
        : undefined
      const plain = 'The talk leaves it open.'
      findings.questions.push({ question: asked, why: reason ?? plain, citations })
    }
  }
  for (const { statement, quotes } of answer.contradictions.slice(0, most.questions)) {
    const citations = takeQuotes(digestion, statement, quotes).map(bare)
    const said = spokenOf(digestion, 'contradiction', statement, 500)
    if (said === '') continue
    if (new Set(citations.map(({ turn, quote }) => `${turn} ${quote}`)).size > 1) {
      findings.contradictions.push({ statement: said, citations })
    } else remove(digestion, 'contradiction', statement, 'It takes two quotes to contradict.')
  }
  findings.ledger = answer.ledger
    .slice(0, most.ledger)
    .flatMap((entry) => ledgerEntry(entry, turns))
  return findings
}

interface Digestion {
  findings: Findings
  turns: readonly Turn[]
  byId: ReadonlyMap<string, Turn>
  /** The words of the clients, and of the quotes' meanings: what nobody said must speak of it, too. */
  spoken: ReadonlySet<string>
}

function spokenWords(answer: AnsweredBrief, turns: readonly Turn[]): Set<string> {
  const clients = turns.filter(({ role }) => role === 'client').map(({ text }) => text)
  const byId = new Map(turns.map((turn) => [turn.id, turn]))
  const entries = [...answer.items, ...answer.entities, ...answer.openQuestions]
  const quoted = entries.flatMap(({ quotes }) => checkQuotes(quotes, byId).found)
  return new Set(contentWords([...clients, ...quoted.map(({ english }) => english)].join('\n')))
}

/** Whether a third of the words or more are words that clients used. */
function isSpokenOf({ spoken }: Digestion, text: string): boolean {
  const words = contentWords(text)
  return words.length > 0 && 3 * words.filter((word) => spoken.has(word)).length >= words.length
}

/** A text about the whole talk; empty, and removed, when it speaks of something else. */
function spokenOf(digestion: Digestion, what: string, text: string, max: number): string {
  const line = safeLine(digestion, what, text, max) ?? ''
  if (line === '' || isSpokenOf(digestion, line)) return line
  remove(digestion, what, text, 'It does not speak of what the clients said.')
  return ''
}

function remove({ findings }: Digestion, what: string, text: string, reason: string): void {
  findings.removed.push({ what, text: boundedLine(text, 200), reason })
}

/** The text as one line; undefined, and removed, when it is empty or meant for a machine. */
function safeLine(
  digestion: Digestion,
  what: string,
  text: string,
  max: number,
): string | undefined {
  const signal = signalIn(text)
  if (signal !== undefined) {
    remove(digestion, what, text, signalReason(signal))
    return undefined
  }
  return boundedLine(text, max) || undefined
}

function bare({ turn, quote }: Citation): Citation {
  return { turn, quote }
}

/** The quotes that stand in the talk; the others are noted as dropped. */
function takeQuotes(
  { findings, byId }: Digestion,
  statement: string,
  quotes: readonly AnsweredQuote[],
): FoundQuote[] {
  const { found, wrong } = checkQuotes(quotes.slice(0, 30), byId)
  for (const { quote } of wrong) {
    // A citation of the domain must name a turn; one that names none leaves no trace but the removal.
    if (!TurnId.safeParse(quote.turn).success || quote.quote.trim() === '') continue
    const shown = boundedLine(quote.quote, 500) || '-'
    findings.dropped.push({ statement, citation: { turn: quote.turn, quote: shown } })
  }
  return found
}

function takeItem(digestion: Digestion, item: AnsweredItem): void {
  const { findings, turns } = digestion
  const texts = [item.statement, ...clauseTexts(item), item.inferred ?? '', item.priorityReason]
  const statement =
    safeLine(digestion, 'item', texts.join('\n'), 4_000) && boundedLine(item.statement, 1_000)
  if (statement === undefined || statement === '') return
  const quotes = takeQuotes(digestion, statement, item.quotes)
  const draft: ItemDraft = {
    kind: item.kind,
    statement,
    priority: { level: item.priority, reason: boundedLine(item.priorityReason, 300) },
    citations: [],
    ...clauseOf(item),
  }
  const support = supportOf(statement, quotes, turns, item.kind === 'out_of_scope')
  switch (support.kind) {
    case 'said':
      findings.items.push({
        ...draft,
        citations: support.citations,
        saidBy: support.saidBy.slice(0, 200),
      })
      return
    case 'suggested':
      findings.questions.push({
        question: boundedLine(`Does the client want this? ${statement}`, 500),
        why: 'The agent suggested it, and no client agreed.',
        citations: support.citations,
      })
      return
    case 'unsupported':
      takeUnsupported(digestion, draft, item, quotes)
  }
}

/** What no quote supports: left out, or kept as inferred where words stand there that may mean it. */
function takeUnsupported(
  digestion: Digestion,
  draft: ItemDraft,
  item: AnsweredItem,
  quotes: readonly FoundQuote[],
): void {
  const { findings } = digestion
  const claimed = item.inferred !== null && item.quotes.length === 0
  const inferred = findings.items.filter((one) => one.inferred !== undefined).length
  const fault =
    inferred >= most.inferred
      ? 'There are too many inferred items.'
      : !claimed && quotes.length === 0
        ? 'Its quotes do not stand in the talk.'
        : isSpokenOf(digestion, draft.statement)
          ? undefined
          : 'It does not speak of what the clients said.'
  if (fault !== undefined) {
    remove(digestion, 'item', draft.statement, fault)
    return
  }
  const reason = claimed
    ? boundedLine(item.inferred ?? '', 300) || 'Added by the model.'
    : 'The model read it out of words that do not say it.'
  if (!claimed) {
    for (const quote of quotes)
      findings.dropped.push({ statement: draft.statement, citation: bare(quote) })
  }
  findings.items.push({ ...draft, inferred: reason })
}

function clauseTexts({ clause }: AnsweredItem): string[] {
  if (clause === null) return []
  const { actor, verb, object, rest, condition } = clause
  return [actor ?? '', verb, object ?? '', rest ?? '', condition?.text ?? '']
}

function clauseOf({ clause, statement }: AnsweredItem): { clause?: Clause } {
  const verb = boundedLine(clause?.verb ?? '', 40)
  if (clause === null || verb === '' || !repeats(statement, clause)) return {}
  const part = (key: 'actor' | 'object' | 'rest', max: number) => {
    const text = boundedLine(clause[key] ?? '', max)
    return text === '' ? {} : { [key]: text }
  }
  const condition = boundedLine(clause.condition?.text ?? '', 500)
  return {
    clause: {
      ...part('actor', 80),
      verb,
      ...part('object', 120),
      ...part('rest', 400),
      ...(clause.condition !== null &&
        condition !== '' && {
          condition: { kind: clause.condition.kind, text: condition },
        }),
      negated: clause.negated,
    },
  }
}

/** A clause takes its statement apart: it has no words of its own. */
function repeats(statement: string, clause: NonNullable<AnsweredItem['clause']>): boolean {
  const whole = new Set(contentWords(statement))
  const { actor, verb, object, rest, condition } = clause
  return [actor, verb, object, rest, condition?.text].every((part) => {
    const words = contentWords(part ?? '')
    return 2 * words.filter((word) => whole.has(word)).length >= words.length
  })
}

function takeEntity(digestion: Digestion, entity: AnsweredEntity): void {
  const { findings } = digestion
  const fields = entity.fields.slice(0, most.fields)
  const all = [entity.name, ...fields.flatMap(({ name, options }) => [name, ...options])].join('\n')
  if (safeLine(digestion, 'entity', all, 10) === undefined) return
  if (spokenOf(digestion, 'entity', entity.name, 60) === '') return
  const name = titleCase(entity.name)
  if (name === '' || findings.entities.some((one) => one.name === name)) return
  const citations = takeQuotes(digestion, entity.name, entity.quotes).map(bare)
  if (citations.length === 0 && entity.quotes.length > 0) {
    remove(digestion, 'entity', entity.name, 'Its quotes do not stand in the talk.')
    return
  }
  const inferred =
    boundedLine(entity.inferred ?? '', 300) || 'Nobody named it as something to keep.'
  const named = new Map(
    fields.map((field) => [fieldName(field.name), field] as const).filter(([key]) => key !== ''),
  )
  findings.entities.push({
    name,
    fields: [...named].map(([key, field]) => fieldOf(digestion, key, field)),
    citations,
    ...(citations.length === 0 && { inferred }),
  })
}

function fieldOf(
  digestion: Digestion,
  name: string,
  { type, required, options }: AnsweredEntity['fields'][number],
): Entity['fields'][number] {
  const values = options
    .slice(0, 40)
    .map((value) => boundedLine(value, 80))
    .filter((value) => value !== '' && isSpokenOf(digestion, value))
  return { name, type, required, ...(values.length > 0 && { options: values }) }
}

function titleCase(name: string): string {
  const words = boundedLine(name, 60).match(/[\p{L}\p{N}]+/gu) ?? []
  return words
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
    .slice(0, 60)
}

function fieldName(name: string): string {
  const words = name.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? []
  const camel = words
    .map(
      (word, at) =>
        (at === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1),
    )
    .join('')
    .slice(0, 40)
  return /^[a-z]/.test(camel) ? camel : ''
}

/** What the model says of a turn, where the talk bears it out: a client's turn, and a later one of a client. */
function ledgerEntry(
  entry: AnsweredBrief['ledger'][number],
  turns: readonly Turn[],
): LedgerEntry[] {
  const at = turns.findIndex(({ id }) => id === entry.turn)
  const turn = turns[at]
  if (turn?.role !== 'client') return []
  if (entry.outcome === 'superseded') {
    const later = turns.findIndex(({ id }) => id === entry.by)
    const by = turns[later]
    return later > at && by?.role === 'client'
      ? [{ turn: turn.id, outcome: 'superseded', by: by.id }]
      : []
  }
  const text = entry.reason ?? ''
  const reason = signalIn(text) === undefined ? boundedLine(text, 300) : ''
  return [{ turn: turn.id, outcome: 'rejected', reason: reason || 'The model made nothing of it.' }]
}
