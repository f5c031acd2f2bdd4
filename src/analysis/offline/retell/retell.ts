import { antecedentsOf } from '../antecedents.ts'
import { complains } from '../complaints.ts'
import { isSupported } from '../faithfulness.ts'
import { citationOf, contentWords, type Finding } from '../findings.ts'
import { isDoubtful } from '../replies.ts'
import { plain, withAntecedents, type State } from '../scan-state.ts'
import type { Sentence } from '../sentences.ts'
import type { Statement } from '../finish.ts'
import { textOf, type Word } from '../words.ts'
import { supposedBy } from '../supposed.ts'
import { inItsQuestion } from './answers.ts'
import { matterStart, partsOf, type ClauseParts } from './clause-parts.ts'
import { clausesOf } from './clauses-of.ts'
import { featuresOf, vagueMark } from './features.ts'
import { withOnes } from './ones.ts'
import type { Ground } from './retold.ts'
import { statementsOf } from './state-parts.ts'
import { weightOf } from './weigh.ts'

/**
 * Tells every clause of a client again as a statement, with how surely it asks for something; a rule's
 * statement that breaks off before its clause does is told to the end.
 */
export function retell(state: State, sentence: Sentence): void {
  if (sentence.asks || isDoubtful(sentence.words)) return
  const made = madeOf(state, sentence)
  const said = new Set(made.flatMap(({ statement }) => contentWords(statement)))
  const clauses = clausesOf(sentence.words)
  for (const [place, clause] of clauses.entries()) {
    const parts = partsIn(state, sentence, clause, clauses[place + 1])
    // `Each test has a deadline, bacteria have to be started within a day`: what lists fields is read.
    const isListed = state.listed.has(sentence) && parts?.modal === 'none'
    if (parts === undefined || isListed) continue
    for (const statement of statementsOf(parts, state.mention.people).filter(isReadable)) {
      if (tellsOfWrong(state, clause, statement)) continue
      const words = contentWords(statement.text)
      if (words.length < 2) continue
      const finding = findingOf(state, sentence, statement)
      if (!isSupported(finding)) continue
      const features = featuresOf({ state, sentence, clause, parts, statement, place })
      const shared = words.filter((word) => said.has(word)).length
      const told = tellToTheEnd(state, made, statement, words)
      state.retold.push({
        finding,
        features,
        weight: weightOf(features),
        vague: features.some((feature) => feature.startsWith(vagueMark)),
        ground: groundOf(state, sentence, parts),
        known: told || 2 * shared >= words.length,
      })
    }
  }
}

/** What nobody asked for may be told of anything, and what breaks off may mean anything. */
function groundOf(state: State, sentence: Sentence, { modal }: ClauseParts): Ground {
  const { asked, agent, framed } = state
  const wasAsked =
    agent.some(({ asks }) => asks) || (asked !== undefined && sentence.at - asked.at < 4)
  if (!wasAsked || !isFluent(sentence)) return 'unsound'
  return modal !== 'none' || framed ? 'asked' : 'told'
}

/** Speech that is begun anew again and again cannot be told again as a whole. */
function isFluent({ quote }: Sentence): boolean {
  return !/…|\b(?:uh|um|uhm)\b|\b(\w+),? \1\b|[a-z] [A-Z][a-z]+ [a-z]+\.{3}/i.test(quote)
}

/** What is wrong with a product is told in the present, and so is what one has to do because of it. */
function tellsOfWrong(
  state: State,
  clause: readonly Word[],
  { clause: parts }: Statement,
): boolean {
  if (state.ofDefect) return parts.actor !== undefined
  return (state.inUse || state.told) && complains(clause)
}

/** What rules made of a sentence. */
function madeOf({ findings }: State, { at, quote }: Sentence): Finding[] {
  const first = findings.findLastIndex((finding) => finding.at !== at) + 1
  return findings
    .slice(first)
    .filter(({ citations }) => citations.some((citation) => citation.quote === quote))
}

function findingOf(state: State, sentence: Sentence, { text, clause }: Statement): Finding {
  const sources = [sentence, ...antecedentsOf(text, sentence, state.recent)]
  return {
    ...plain(sentence, false),
    citations: sources.map(citationOf),
    kind: 'requirement',
    statement: text,
    priority: { level: 'should', reason: 'Told in words that no rule knows.' },
    clause,
  }
}

/** The parts of a clause, with what its pronouns mean; half a sentence is read with what it belongs to. */
function partsIn(
  state: State,
  sentence: Sentence,
  clause: readonly Word[],
  next: readonly Word[] | undefined,
): ClauseParts | undefined {
  const before = state.recent.filter(({ at }) => at === sentence.at).flatMap(({ words }) => words)
  const start = sentence.words.findIndex((word) => word === clause[0])
  const said = [...before, ...sentence.words.slice(0, Math.max(0, start))]
  const words = withAntecedents(state, sentence, withOnes(clause, said), true)
  const first = state.recent.at(-1)?.at !== sentence.at
  const parts =
    welcomed(state, words, next) ??
    partsOf(words) ??
    answered(state, first, words) ??
    denied(state, sentence, words)
  if (parts === undefined) return undefined
  const supposed = first && parts.condition === undefined ? supposedBy(state.agent) : undefined
  return supposed === undefined ? parts : { ...parts, condition: supposed }
}

const welcoming =
  /^(?:that|this|it|which) (?:would|'d|will|'ll|might) (?:really |also |already )?(?:help|be (?:\w+ )?(?:great|nice|good|perfect|ideal|lovely|enough|helpful|useful|handy|fine|brilliant|wonderful)|save|do)\b/

/** `A tick next to the team, that would help me`: it is to be there. */
function welcomed(
  state: State,
  words: readonly Word[],
  next: readonly Word[] | undefined,
): ClauseParts | undefined {
  const article = ['a', 'an', 'some', 'one'].includes(words[matterStart(words, 0)]?.lower ?? '')
  if (next === undefined || !article || !welcoming.test(textOf(next).toLowerCase()))
    return undefined
  return partsOf(state.tag(`we need ${textOf(words.slice(matterStart(words, 0)))}`))
}

/** Whether the one statement of a rule that breaks off before its clause does was told to the end. */
function tellToTheEnd(
  state: State,
  made: readonly Finding[],
  { text, clause }: Statement,
  words: readonly string[],
): boolean {
  const poorer = made.find((finding) => breaksOff(finding, words))
  const at = poorer === undefined ? -1 : state.findings.indexOf(poorer)
  if (poorer === undefined || at === -1) return false
  const own = contentWords(poorer.statement)
  // What is said further may have been read as something of its own.
  const others = new Set(
    made.flatMap((finding) => (finding === poorer ? [] : contentWords(finding.statement))),
  )
  const tail = words.slice(own.length).filter((word) => !own.includes(word))
  if (tail.length === 0 || tail.some((word) => others.has(word))) return false
  // `the event that the country during the game` was broken off for a reason.
  const relative = state.tag(text.slice(Math.max(0, text.search(relates))))
  if (relates.test(text) && !relative.some(({ pos }) => pos === 'VERB' || pos === 'AUX'))
    return false
  if (!isSupported({ statement: text, citations: poorer.citations })) return false
  state.findings.splice(at, 1, { ...poorer, statement: text, clause })
  return true
}

const relates = /\b(?:that|which|who)\b/

/** All that a statement says is said first, and then more. */
function breaksOff({ kind, statement, limit, clause }: Finding, words: readonly string[]): boolean {
  const own = contentWords(statement)
  const begins = own.length > 1 && own.every((word, at) => words[at] === word)
  const plain = kind === 'requirement' && limit === undefined && clause !== undefined
  return plain && begins && words.length > own.length
}

/** What points at those who spoke, asks, or broke off. */
const unreadable =
  /\b(?:I|I'm|you|your|me|gonna|wanna|okay|let's|here)\b|…| ,|['’](?:ve|ll|re|d|m)\b|business(?:is|were|'s)\b|\b(\w+) \1\b|^(?:How|What|Whether|Which|Why|Not|That|Did|Hopefully|To|In|And|Or)\b/i

function isReadable({ text }: Statement): boolean {
  return text.length < 320 && !unreadable.test(text)
}

/** Half a sentence that opens an answer, read in the place of what was asked. */
function answered(state: State, first: boolean, words: readonly Word[]): ClauseParts | undefined {
  const asked = state.agent.findLast(({ asks }) => asks)
  if (!first || asked === undefined || words.length > 30) return undefined
  const text = inItsQuestion(words, asked.words)
  return text === undefined ? undefined : partsOf(state.tag(text))
}

/** `And never a referee whose own child plays`: denies what was asked for right before. */
function denied(state: State, sentence: Sentence, words: readonly Word[]): ClauseParts | undefined {
  const from = matterStart(words, 0)
  const denies = ['not', 'never'].includes(words[from]?.lower ?? '')
  const last = state.retold.at(-1)?.finding ?? state.findings.at(-1)
  const clause = last?.clause
  if (!denies || last?.at !== sentence.at || clause === undefined) return undefined
  const who = clause.actor === undefined ? 'the system' : `the ${clause.actor}`
  const told = textOf(words.slice(from + 1))
  return partsOf(state.tag(`${who} must not ${clause.verb} ${told}`))
}
