import { peopleNamed } from './actors.ts'
import { antecedentsOf } from './antecedents.ts'
import { wholeAnswer } from './bare-answers.ts'
import { wholeLimit } from './bare-limits.ts'
import { budgetIn } from './budget.ts'
import { businessDeeds } from './business-deeds.ts'
import { clausesIn, mainClausesIn } from './clauses.ts'
import { complains } from './complaints.ts'
import { defectsIn, isTold, isVague, subjectOf } from './defects.ts'
import { factsIn } from './facts.ts'
import { citationOf, type Finding } from './findings.ts'
import { goalIn, tellsOfToday } from './goals.ts'
import { type Kept, keptAsAnswer, keptIn } from './kept.ts'
import { limitsIn, type LimitReading } from './limits.ts'
import { asksPlainly, bearsNeed } from './needs.ts'
import { nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { tellsDeeds } from './plain-deeds.ts'
import type { Reading } from './reading.ts'
import { replacementOf } from './replacements.ts'
import { removalIn, removalNamed } from './removals.ts'
import { asksWhatIsRight, rightIn } from './rightly.ts'
import { isDoubtful } from './replies.ts'
import { supposedBy } from './supposed.ts'
import { spoken } from './written.ts'
import { asksForFault, asksOfTrouble } from './trouble.ts'
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

/** `Actually, let's say two.` */
const changesAmount = /\b(?:actually|no|wait|rather|better|let's|let us|make it|make that)\b/i

const wantsAway =
  /\b(?:want|like|love|need|have|hope|time|going|trying|try) to (?:get (?:away from|rid of)|move away from|do away with|change|stop|replace|end|abandon|leave)\b|\bwant (?:that|it) (?:gone|changed|to (?:stop|change|end))\b/i

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
    // What is told after `but I want to get away from that` is how it is to be.
    state.today = !wantsAway.test(sentence.quote)
    state.told = state.today
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
  // What disappears then in answer to how it shall be is no defect.
  const isAnswer = state.framed && !state.ofDefect
  const isDefect = !isAnswer && addDefects(state, sentence, add)
  const named = subjectOf(words)
  if (named !== undefined) state.subject = { at: sentence.at, words: named }
  if (isDefect) return
  const kept = addKept(state, sentence, add)
  if (kept.length > 0 && clausesIn(words).length <= kept.length) return
  // Why it is to stay is told of today.
  state.today ||= kept.length > 0
  const removed = addRemovals(state, sentence, add)
  if (removed === clausesIn(words).length) return
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
  const named = subjectIn(state, sentence)
  const first = named.length > 0 ? named : namedFirst(sentence.words)
  const told = keptIn(sentence.words, first.length > 0 ? first : state.askedThing)
  const kept = told.length > 0 ? told : keptAsAnswer(sentence.words, state.agent)
  for (const { words: _, ...one } of kept)
    add({ ...one, priority: { level: 'must', reason: 'The client wants it to stay.' } })
  return kept
}

/** How many clauses of a sentence tell what is to be taken out of a product that is there. */
function addRemovals({ inUse, agent }: State, { words }: Sentence, add: Add): number {
  const asked = agent.some(({ quote }) =>
    /\b(?:taken? out|remove|removed|get rid of|drop|dropped|thrown out|go away|disappear)\b/i.test(
      quote,
    ),
  )
  if (!inUse && !asked) return 0
  const told = clausesIn(words).flatMap((clause) => removalIn(clause) ?? [])
  const removals = told.length > 0 || !asked ? told : removalNamed(words)
  for (const { words: _, ...removal } of removals)
    add({
      kind: 'requirement',
      ...removal,
      priority: { level: 'must', reason: 'The client wants it taken out.' },
    })
  return removals.length
}

/** In `By direct debit at the end of the month, I would not touch that` the direct debit. */
function namedFirst(words: readonly Word[]): readonly Word[] {
  const from = openingEnd(words)
  const at = words[from]?.pos === 'ADP' ? from + 1 : from
  const stop = words.findIndex(({ lower }) => lower === ',')
  const named = words.slice(at, stop === -1 ? at : stop)
  const tells = named.some(({ pos }) => pos === 'VERB' || pos === 'AUX')
  return tells || nounPhraseEnd(named, 0) === 0 || named.length > 9 ? [] : named
}

/** Whether a sentence tells of defects and nothing else. */
function addDefects(state: State, sentence: Sentence, add: Add): boolean {
  const { words, at } = sentence
  const trouble = state.ofDefect || asksOfTrouble(state.agent)
  const subject = state.subject?.at === at ? spoken(state.subject.words) : undefined
  const opens = sentence.at < 4
  const asks = (opens && asksOfTrouble(state.agent)) || asksForFault(state.agent)
  const asked = state.saysDefect && asks && sentence.quote.length < 160
  const defects = defectsIn(words, {
    trouble,
    asked,
    says: state.saysDefect,
    ...(subject !== undefined && { subject }),
  })
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
    // What an answer limits may be named by its question.
    const sources = [sentence, ...antecedentsOf(limit.statement, sentence, state.recent)]
    add({ ...limitFinding(limit), citations: sources.map(citationOf) })
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
  const told = wholeAnswer(said, state.agent.at(-1), state.tag, isFirst(state, sentence))
  const changed = changesAmount.test(sentence.quote) && sentence.quote.length < 80
  const amended = changed ? replacementOf(sentence, state.findings) : undefined
  if (amended !== undefined) {
    state.findings.push(amended)
    return
  }
  const before = state.findings.length
  if (state.today && clausesIn(told).some(tellsDeeds)) reject(state, sentence, ofToday)
  const supposed = isFirst(state, sentence) ? supposedBy(state.agent) : undefined
  // `What if it rains? – Then the coach …`: in that case, whatever is said.
  const isThen = supposed !== undefined && thenOpens.test(sentence.quote)
  const cases = isThen ? { condition: supposed } : { supposed }
  const found = findingsIn(state, sentence, told, replaces, cases)
  for (const { finding, reading } of found) {
    const repeated = dues.length > 0 && finding.kind === 'timeline'
    if (!repeated && !wordsOf(reading).some((word) => taken.has(word))) state.findings.push(finding)
  }
  if (limits.length + dues.length === 0) addBusinessDeeds(state, sentence, told, taken)
  // `book a room for up to 4 hours` limits the booking, and asks for it.
  const rest = limits.length === 0 ? [] : beforeLimit(told, taken)
  for (const { finding, reading } of findingsIn(state, sentence, rest, replaces))
    if (reading.content.type === 'deed' && reading.content.deed.object.length > 0)
      state.findings.push(finding)
  const used = new Set([...found.flatMap(({ reading }) => wordsOf(reading)), ...taken])
  addAsSaid(state, sentence, told, used)
  if (state.findings.length > before || limits.length > 0) return
  const renewed = replacementOf(sentence, state.findings)
  if (renewed !== undefined) state.findings.push(renewed)
}

/** What a clause asks for of which nothing could be made, with the pronouns as what was named last. */
function addAsSaid(
  state: State,
  sentence: Sentence,
  words: readonly Word[],
  used: ReadonlySet<Word>,
): void {
  if (state.ofDefect) return
  for (const clause of mainClausesIn(words)) {
    const isUsed = clause.some((word) => used.has(word))
    if (isUsed || !asksPlainly(clause)) continue
    const found = findingsIn(state, sentence, clause, false, { loose: true })
    for (const { finding, reading } of found)
      if (isClear(finding) && reading.content.type === 'deed') state.findings.push(finding)
  }
}

/** One deed, and nothing that is left out. */
function isClear({ kind, statement }: Finding): boolean {
  return kind !== 'out_of_scope' && !/, (?:and|or) /.test(statement)
}

const thenOpens = /^(?:well|so|oh|ah|okay|yes|yeah|right)?,? ?(?:then|in that case|in this case)\b/i

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
