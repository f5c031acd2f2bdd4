import { citationOf, type Finding } from './findings.ts'
import { declinedThing, exclusionOf } from './exclusions.ts'
import { questionFrom } from './questions.ts'
import type { Reading } from './reading.ts'
import { readSentence } from './readings.ts'
import { replyOf } from './replies.ts'
import type { Sentence } from './sentences.ts'
import { suggestionsOf } from './suggestions.ts'
import { openingEnd } from './openings.ts'
import { conditionOf, type ConditionPart } from './deeds.ts'
import type { Word } from './words.ts'

import { findingsIn, plain, type State } from './scan-state.ts'
/** A `yes` takes up what the agent offered, a `no` declines it. */
export function takeReply(state: State, sentences: readonly Sentence[]): void {
  const [first] = sentences
  const agent = state.agent.slice(-3)
  if (first === undefined) return
  const reply = replyOf(sentences)
  if (reply === 'unsure') {
    const question = questionFrom(
      state.asked === undefined ? agent : [state.asked, ...agent],
      sentences,
    )
    if (question !== undefined) state.questions.push(question)
    if (question !== undefined) state.bearing.add(first.at)
    return
  }
  if (reply === 'none' || agent.length === 0) return
  // `No, they pay in the shop` says how things are without the software.
  state.today ||= reply === 'no'
  if (reply === 'no' && first.words.length < 9) declineThing(state, first)
  const own = new Set(sentences.flatMap(({ words }) => readSentence(words).flatMap(verbOf)))
  const condition = reply === 'yes' ? conditionIn(first.words) : undefined
  for (const suggestion of suggestionsOf(agent, state.tag)) {
    if (reply === 'no' && !suggestion.asked) continue
    const found = findingsIn(state, suggestion.sentence, suggestion.words, false, condition)
    for (const { finding, statement, reading } of found) {
      // The client's own words on the same deed say it better.
      if (reply === 'yes' && verbOf(reading).some((verb) => own.has(verb))) continue
      // What the agent says of itself or to the client is no offer.
      if (!suggestion.asked && reading.subject.kind === 'listener') continue
      const citations = [citationOf(suggestion.sentence), citationOf(first)]
      const at = first.at
      const saidBy = first.turn.speaker
      state.bearing.add(at)
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
  state.bearing.add(reply.at)
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
