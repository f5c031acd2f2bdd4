import { peopleNamed } from './actors.ts'
import { antecedentsOf } from './antecedents.ts'
import { wholeAnswer } from './bare-answers.ts'
import { wholeLimit } from './bare-limits.ts'
import { budgetIn } from './budget.ts'
import { businessDeeds } from './business-deeds.ts'
import { clausesIn } from './clauses.ts'
import { complains } from './complaints.ts'
import { defectsIn, isTold, isVague, subjectOf } from './defects.ts'
import { factsIn } from './facts.ts'
import { citationOf, type Finding } from './findings.ts'
import { goalIn, tellsOfToday } from './goals.ts'
import { type Kept, keptIn } from './kept.ts'
import { limitsIn, type LimitReading } from './limits.ts'
import { bearsNeed } from './needs.ts'
import { tellsDeeds } from './plain-deeds.ts'
import type { Reading } from './reading.ts'
import { replacementOf } from './replacements.ts'
import { asksWhatIsRight, rightIn } from './rightly.ts'
import { isDoubtful } from './replies.ts'
import { supposedBy } from './supposed.ts'
import { spoken } from './written.ts'
import { asksOfTrouble } from './trouble.ts'
import {
  findingsIn,
  plain,
  reject,
  remember,
  subjectIn,
  topicIn,
  type State,
} from './scan-state.ts'
import type { Sentence } from './sentences.ts'
import { topicOf } from './topic.ts'
import { type Due, duesIn } from './timeline.ts'
import type { Word } from './words.ts'

const ofToday = 'Tells how things are done today.'

/** Takes from a client's sentence what it asks for; `replaces` when the client takes something back. */
export function scanSentence(state: State, sentence: Sentence, replaces: boolean): void {
  const { words } = sentence
  if (sentence.asks) return
  const add: Add = (found) => state.findings.push({ ...plain(sentence, replaces), ...found })
  const goal = goalIn(words)
  if (goal !== undefined)
    add({
      kind: 'goal',
      statement: goal,
      priority: { level: 'should', reason: 'What the software is for.' },
    })
  if (tellsOfToday(words)) {
    state.today = true
    state.told = true
    // How things are done today is no wish, but it must not get lost either.
    if (goal === undefined && bearsNeed(words)) reject(state, sentence, ofToday)
    remember(state, peopleNamed(words))
    return
  }
  if (state.told && complains(words)) {
    reject(state, sentence, ofToday)
    remember(state, peopleNamed(words))
    return
  }
  if (state.ofDefect && asksWhatIsRight(state.agent) && addRight(sentence, add)) return
  if (addDefects(state, sentence, add)) return
  const kept = addKept(state, sentence, add)
  if (kept.length > 0 && clausesIn(words).length <= kept.length) return
  // Why it is to stay is told of today.
  state.today ||= kept.length > 0
  const facts = addFacts(state, sentence, add, kept)
  if (isDoubtful(words)) {
    reject(state, sentence, 'Said with doubt: nothing was decided.')
    return
  }
  if (state.listed.has(sentence) || facts === undefined) return
  const before = state.findings.length
  scanNeeds(state, sentence, replaces, facts)
  // What is left out is done without the software, as the rest of the turn may tell.
  state.today ||= state.findings.slice(before).some(({ kind }) => kind === 'out_of_scope')
  if (state.findings.length === before && denies(words))
    reject(state, sentence, 'The client turns something down that the sentence does not name.')
}

/** Whether a sentence tells in the present what is right. */
function addRight({ words }: Sentence, add: Add): boolean {
  const right = isTold(words) ? rightIn(words) : []
  for (const one of right)
    add({
      kind: 'requirement',
      ...one,
      priority: { level: 'must', reason: 'The client told what is right.' },
    })
  return right.length > 0
}

/** What a sentence says is to stay. */
function addKept(state: State, sentence: Sentence, add: Add): readonly Kept[] {
  const kept = keptIn(sentence.words, subjectIn(state, sentence))
  for (const { words: _, ...one } of kept)
    add({ ...one, priority: { level: 'must', reason: 'The client wants it to stay.' } })
  return kept
}

/** Whether a sentence tells of defects and nothing else. */
function addDefects(state: State, sentence: Sentence, add: Add): boolean {
  const { words, at } = sentence
  const trouble = state.ofDefect || asksOfTrouble(state.agent)
  const subject = state.subject?.at === at ? spoken(state.subject.words) : undefined
  const defects = defectsIn(words, { trouble, ...(subject !== undefined && { subject }) })
  for (const { statement } of defects) {
    const before = state.findings.at(-1)
    const vague = before?.at === at && isVague(before.statement) ? before.citations : []
    if (vague.length > 0) state.findings.pop()
    add({
      kind: 'goal',
      statement,
      priority: { level: 'must', reason: 'The client told of a defect.' },
      citations: [citationOf(sentence), ...vague],
    })
  }
  const named = subjectOf(words)
  if (named !== undefined) state.subject = { at, words: named }
  return defects.length > 0 && isTold(words)
}

/** `I don't think we need that.` */
function denies(words: readonly Word[]): boolean {
  return words.some(
    ({ lower }, at) =>
      ["n't", 'not'].includes(lower) &&
      ['need', 'want', 'think', 'have', 'like'].includes(words[at + 1]?.lemma ?? ''),
  )
}

type Add = (found: Pick<Finding, 'kind' | 'statement' | 'priority'> & Partial<Finding>) => void

interface Facts {
  limits: readonly LimitReading[]
  dues: readonly Due[]
  /** The words that a fact has used up: no other need may have them. */
  taken: ReadonlySet<Word>
}

/** Limits, sums, dates and what is left out; undefined when leaving out is all that a sentence does. */
function addFacts(
  state: State,
  sentence: Sentence,
  add: Add,
  kept: readonly Kept[],
): Facts | undefined {
  const { words } = sentence
  const whole = wholeLimit(words, state.agent.at(-1), state.tag) ?? words
  const record = state.records.find(({ sentences }) => sentences.includes(sentence))
  const listed = record && { name: record.noun, definite: false }
  const limits = limitsIn(whole, state.limited, listed)
  for (const limit of limits) {
    add(limitFinding(limit))
    if (limit.owner !== undefined) state.limited.set(limit.unit, limit.owner)
  }
  const asked = state.agent
    .map(({ quote }) => quote)
    .slice(-3)
    .join(' ')
  const budget = budgetIn(words, asked)
  if (budget !== undefined)
    add({
      kind: 'budget',
      statement: budget,
      priority: { level: 'must', reason: 'The client named the sum.' },
    })
  const dues = duesIn(words, asked)
  if (dues.length > 0) dropVaguer(state, sentence)
  for (const { statement } of dues)
    add({
      kind: 'timeline',
      statement,
      priority: { level: 'must', reason: 'The client named the date.' },
    })
  const clauses = clausesIn(words)
  const limited = new Set(limits.flatMap(({ words: used }) => used))
  const facts = clauses.map((clause) =>
    // What sets a limit sets no price besides.
    factsIn(clause, asked).filter(
      ({ kind, words: used }) => kind !== 'constraint' || !used.some((word) => limited.has(word)),
    ),
  )
  for (const { words: _, ...fact } of facts.flat()) add(fact)
  const onlyLeftOut = facts.every((all) => all.some(({ kind }) => kind === 'out_of_scope'))
  const taken = new Set(
    [...limits, ...dues, ...facts.flat(), ...kept].flatMap(({ words: used }) => [...used]),
  )
  return onlyLeftOut ? undefined : { limits, dues, taken }
}

function limitFinding({ statement, clause, amount, key }: LimitReading) {
  return {
    kind: 'constraint' as const,
    statement,
    clause,
    limit: { amount, key },
    priority: { level: 'must' as const, reason: `A limit of ${amount} was set.` },
  }
}

/** The needs of a sentence, without what was already taken as a limit or a date. */
function scanNeeds(
  state: State,
  sentence: Sentence,
  replaces: boolean,
  { limits, dues, taken }: Facts,
): void {
  const said = state.deeds.get(sentence) ?? sentence.words
  const told = wholeAnswer(said, state.agent.at(-1), state.tag)
  const before = state.findings.length
  if (state.today && clausesIn(told).some(tellsDeeds)) reject(state, sentence, ofToday)
  const supposed = isFirst(state, sentence) ? supposedBy(state.agent) : undefined
  for (const { finding, reading } of findingsIn(state, sentence, told, replaces, { supposed })) {
    const repeated = dues.length > 0 && finding.kind === 'timeline'
    if (!repeated && !wordsOf(reading).some((word) => taken.has(word))) state.findings.push(finding)
  }
  if (limits.length + dues.length === 0) addBusinessDeeds(state, sentence, told, taken)
  // `book a room for up to 4 hours` limits the booking, and asks for it.
  const rest = limits.length === 0 ? [] : beforeLimit(told, taken)
  for (const { finding, reading } of findingsIn(state, sentence, rest, replaces))
    if (reading.content.type === 'deed' && reading.content.deed.object.length > 0)
      state.findings.push(finding)
  if (state.findings.length > before || limits.length > 0) return
  const renewed = replacementOf(sentence, state.findings)
  if (renewed !== undefined) state.findings.push(renewed)
}

/** Whether a sentence opens the answer to what the agent asked. */
function isFirst({ recent }: State, { at }: Sentence): boolean {
  return recent.at(-1)?.at !== at
}

/** The words of a deed or a thing. */
function wordsOf({ content }: Reading): readonly Word[] {
  return content.type === 'thing' ? content.phrase : [content.deed.verb, ...content.deed.phrase]
}

/** What the business does by a rule; told of today or of a product in use it asks for nothing. */
function addBusinessDeeds(
  state: State,
  sentence: Sentence,
  words: readonly Word[],
  taken: ReadonlySet<Word>,
): void {
  if (state.today || state.inUse) return
  const topic = topicIn(state, sentence)
  for (const { statement, reading, isRule } of businessDeeds(words, topic, state.mention)) {
    if (wordsOf(reading).some((word) => taken.has(word))) continue
    const sources = [sentence, ...antecedentsOf(statement.text, sentence, state.recent)]
    state.topic = topicOf(reading) ?? state.topic
    state.findings.push({
      ...plain(sentence, false),
      citations: sources.map(citationOf),
      kind: isRule ? 'constraint' : 'requirement',
      statement: statement.text,
      clause: statement.clause,
      priority: { level: 'should', reason: 'Told as what the business does.' },
    })
  }
}

/** `Before the summer. It has to be ready by the end of May.`: the last date of an answer counts. */
function dropVaguer(state: State, { at }: Sentence): void {
  const before = state.findings.at(-1)
  if (
    before?.kind !== 'timeline' ||
    before.at !== at ||
    !before.statement.startsWith('The software is ')
  )
    return
  state.findings.pop()
  for (const citation of before.citations)
    state.rejected.push({ citation, reason: 'The client named the date right after.' })
}

/** What is said before `for up to …`, `within at most …`; nothing when the limit is the object itself. */
function beforeLimit(words: readonly Word[], limited: ReadonlySet<Word>): readonly Word[] {
  const at = words.findIndex((word) => limited.has(word))
  const joins = ['for', 'within', 'per', 'by', 'in'].includes(words[at - 1]?.lower ?? '')
  return joins ? words.slice(0, at - 1) : []
}
