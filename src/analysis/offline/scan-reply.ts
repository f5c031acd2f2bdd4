import { citationOf, type Finding } from './findings.ts'
import { declinedThing, exclusionOf } from './exclusions.ts'
import { questionFrom } from './questions.ts'
import type { Reading } from './reading.ts'
import { readSentence } from './readings.ts'
import { acknowledges, refusesPlainly, replyOf } from './replies.ts'
import { topicOf } from './topic.ts'
import type { Sentence } from './sentences.ts'
import { suggestionsOf, type Suggestion } from './suggestions.ts'
import { openingEnd } from './openings.ts'
import { conditionOf, trimEnd, type ConditionPart } from './deeds.ts'
import { textOf, type Tagger, type Word } from './words.ts'

import { findingsIn, plain, type State } from './scan-state.ts'
/** A `yes` takes up what the agent offered, a `no` declines it. */
export function takeReply(state: State, sentences: readonly Sentence[]): void {
  const [first] = sentences
  const agent = state.agent.slice(-3)
  if (first === undefined) return
  const said = replyOf(sentences)
  const proposed = agent.at(-1)?.asks === false && acknowledges(first.words)
  const reply = said === 'none' && proposed ? 'yes' : said
  if (reply === 'unsure') {
    const question = questionFrom(
      state.asked === undefined ? agent : [state.asked, ...agent],
      sentences,
    )
    if (question !== undefined) state.questions.push(question)
    return
  }
  if (reply === 'none' || agent.length === 0) return
  // `No, they pay in the shop` says how things are without the software.
  state.today ||= reply === 'no'
  const plainly = refusesPlainly(sentences)
  if (reply === 'no' && first.words.length < 9) declineThing(state, first)
  const own = new Set(sentences.flatMap(({ words }) => readSentence(words).flatMap(verbOf)))
  const condition = reply === 'yes' ? conditionIn(first.words) : undefined
  const way = reply === 'yes' ? wayIn(first.words) : ''
  for (const suggestion of suggestionsOf(agent, state.tag)) {
    if (reply === 'no' && !plainly && !isOffer(suggestion)) continue
    const words = way === '' ? suggestion.words : inThatWay(suggestion.words, way, state.tag)
    const found = findingsIn(state, suggestion.sentence, words, false, { condition })
    for (const { finding, statement, reading } of found) {
      // The client's own words on the same deed say it better.
      if (reply === 'yes' && verbOf(reading).some((verb) => own.has(verb))) continue
      // What the agent says of itself or to the client is no offer.
      if (!suggestion.asked && reading.subject.kind === 'listener') continue
      const citations = [citationOf(suggestion.sentence), citationOf(first)]
      const at = first.at
      const saidBy = first.turn.speaker
      if (reply === 'yes') state.topic = topicOf(reading) ?? state.topic
      if (reply === 'yes')
        state.findings.push({ ...finding, citations, at, saidBy, priority: accepted(finding) })
      else
        state.findings.push({
          ...exclusionOf(reading, statement, finding),
          citations,
          at,
          saidBy,
          priority: declined,
        })
    }
  }
}

/** What the reading is about: `extend booking`. */
function verbOf({ content }: Reading): string[] {
  if (content.type === 'thing') return []
  const { verb, object } = content.deed
  return object.length === 0 || ['get', 'be', 'have'].includes(verb.lemma) ? [] : [verb.lemma]
}

/** A `no` to `so you want a shop, correct?` puts right what was understood; it declines nothing. */
function isOffer({ asked, sentence }: Suggestion): boolean {
  return (
    asked &&
    !/\byou (?:want|need|have|are)\b.{0,200}\b(?:right|correct)\s?\?$/i.test(sentence.quote)
  )
}

/** `Yes, by email.` */
function wayIn(words: readonly Word[]): string {
  const at = openingEnd(words)
  if (at === 0 || !['by', 'via', 'per', 'through'].includes(words[at]?.lower ?? '')) return ''
  const way = trimEnd(words.slice(at))
  return way.length < 6 ? textOf(way).replace(/[.!]$/, '') : ''
}

function inThatWay(words: readonly Word[], way: string, tag: Tagger): Word[] {
  return tag(`${textOf(words).replace(/[.?!]$/, '')} ${way}.`)
}

/** `Yes, if the car is free.` */
function conditionIn(words: readonly Word[]): ConditionPart | undefined {
  const at = openingEnd(words)
  return at > 0 && words[at]?.lower === 'if' ? conditionOf(words.slice(at)) : undefined
}

/** `Sharing? – Not now.` */
function declineThing(state: State, reply: Sentence): void {
  const asked = state.agent.at(-1)
  const statement = asked?.asks === true ? declinedThing(asked.words) : undefined
  if (asked === undefined || statement === undefined) return
  state.findings.push({
    ...plain(reply, false),
    citations: [citationOf(asked), citationOf(reply)],
    kind: 'out_of_scope',
    statement,
    priority: declined,
  })
}

const declined: Finding['priority'] = {
  level: 'wont',
  reason: 'Offered by the agent and declined.',
}

function accepted(finding: Finding): Finding['priority'] {
  const level = finding.priority.level === 'could' ? 'could' : 'should'
  return { level, reason: 'Offered by the agent and agreed to.' }
}
