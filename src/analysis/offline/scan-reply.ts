import { citationOf, type Finding } from './findings.ts'
import { declinedThing, exclusionOf } from './exclusions.ts'
import { questionFrom } from './questions.ts'
import type { Reading } from './reading.ts'
import { readSentence } from './readings.ts'
import { acknowledges, refusesPlainly, replyOf, type Reply } from './replies.ts'
import { topicOf } from './topic.ts'
import type { Sentence } from './sentences.ts'
import { suggestionsOf, type Suggestion } from './suggestions.ts'
import { wordSet } from './lexicon/word-set.ts'
import { nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { subjectBefore } from './subject.ts'
import { conditionAdded, detailOf, exceptionOf } from './short-replies.ts'
import { textOf, type Tagger, type Word } from './words.ts'

import { lowerFirst } from './written.ts'
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
  const plainly = refusesPlainly(sentences)
  if (reply === 'no' && first.words.length < 9) declineThing(state, first)
  const asked = sentences.flatMap(({ words }) => readSentence(words))
  const own = new Set(asked.flatMap(verbOf))
  const named = new Set(asked.map(({ subject }) => subject.noun))
  const condition = reply === 'yes' ? conditionAdded(sentences, state.askedThing) : undefined
  const detail = reply === 'yes' ? detailIn(sentences) : exceptionOf(first.words)
  const suggestions = suggestionsOf(agent, state.tag)
  // `No, they pay in the shop` says how things are without the software.
  state.today ||= reply === 'no' && suggestions.some(isOffer) && !sentences.some(tellsInstead)
  const last = suggestions.at(-1)
  if (reply === 'never') takeException(state, sentences, last)
  if (reply !== 'yes' && last !== undefined && takeOnly(state, first, last)) return
  for (const suggestion of suggestions) {
    if (reply === 'no' && !plainly && !isOffer(suggestion)) continue
    const words = answered(suggestion.words, reply, detail, state.tag)
    const found = findingsIn(state, suggestion.sentence, words, false, { condition })
    for (const { finding, statement, reading } of found) {
      // The client's own words on the same deed say it better.
      if (reply === 'yes' && verbOf(reading).some((verb) => own.has(verb))) continue
      if (reply === 'yes' && isToldTo(finding, named)) continue
      // What the agent says of itself or to the client is no offer.
      if (!suggestion.asked && reading.subject.kind === 'listener') continue
      const citations = [citationOf(suggestion.sentence), citationOf(first)]
      const at = first.at
      const saidBy = first.turn.speaker
      if (reply === 'yes') state.topic = topicOf(reading) ?? state.topic
      if (reply !== 'no')
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

/** `Yes, with a reason.`, `Definitely. A week ahead.` */
function detailIn([first, second]: readonly Sentence[]): string {
  const own = first === undefined ? '' : detailOf(first.words)
  const bare = first !== undefined && openingEnd(first.words) >= first.words.length - 1
  if (own !== '' || !bare || second === undefined || second.words.length > 9) return own
  return timeOf(second.words)
}

/** `A week ahead`, `Two days before`, `Once a month` */
function timeOf(words: readonly Word[]): string {
  const said = words.filter(({ pos }) => pos !== 'PUNCT')
  const counts =
    said[0]?.pos === 'NUM' || ['a', 'an', 'once', 'twice', 'every'].includes(said[0]?.lower ?? '')
  const spans = said.some(({ lemma }) => times.has(lemma))
  const tells = said.some(({ pos }) => pos === 'VERB' || pos === 'AUX')
  return counts && spans && !tells ? lowerFirst(textOf(said)) : ''
}

const times = wordSet('minute hour day week month quarter year')

/** `No accounts. They just enter their date of birth.`: so it shall be. */
function tellsInstead({ words }: Sentence): boolean {
  const from = openingEnd(words)
  return (
    ['they', 'people', 'he', 'she'].includes(words[from]?.lower ?? '') &&
    ['just', 'simply', 'only'].includes(words[from + 1]?.lower ?? '')
  )
}

/** What the reading is about: `extend booking`. */
function verbOf({ content }: Reading): string[] {
  if (content.type === 'thing') return []
  const { verb, object } = content.deed
  return object.length === 0 || ['get', 'be', 'have'].includes(verb.lemma) ? [] : [verb.lemma]
}

/** `Should the doctor be told? – Yes, the doctor must get a notification.` says it once. */
function isToldTo({ clause }: Finding, named: ReadonlySet<string>): boolean {
  const whom = clause?.object?.split(' ').at(-1) ?? ''
  return telling.has(clause?.verb ?? '') && named.has(whom)
}

const telling = wordSet('tell inform notify alert')

/** A `no` to `so you want a shop, correct?` puts right what was understood; it declines nothing. */
function isOffer({ asked, sentence }: Suggestion): boolean {
  return (
    asked &&
    !/\byou (?:want|need|have|are)\b.{0,200}\b(?:right|correct)\s?\?$/i.test(sentence.quote)
  )
}

/** `Should everybody see the salaries? – No, only HR.` */
function takeOnly(state: State, first: Sentence, { sentence, words }: Suggestion): boolean {
  const from = first.words.findIndex(({ lower }, at) => at < 6 && ['only', 'just'].includes(lower))
  const only = from + 1
  const end = nounPhraseEnd(first.words, only)
  const who = subjectBefore(first.words, end, only)
  const at = words.findIndex(({ lower }) => modal.test(lower))
  const stops = first.words.slice(end).every(({ pos }) => pos === 'PUNCT')
  if (from === -1 || end === only || !stops || who.kind !== 'people' || at < 1) return false
  const deed = textOf(words.slice(at + 1)).replace(/^be (?:able|allowed) to /, '')
  const told = state.tag(`only ${textOf(who.words)} can ${deed}`)
  const found = findingsIn(state, first, told, false)
  const citations = [citationOf(sentence), citationOf(first)]
  for (const { finding } of found) state.findings.push({ ...finding, citations })
  return found.length > 0
}

/** `Can the maids see the names? – They shouldn't. Only the number of the room.` */
function takeException(
  state: State,
  [, second]: readonly Sentence[],
  suggestion: Suggestion | undefined,
): void {
  const only = second !== undefined && ['only', 'just'].includes(second.words[0]?.lower ?? '')
  const at = suggestion?.words.findIndex(({ lower }) => modal.test(lower)) ?? -1
  const verb = suggestion?.words[at + 1]
  if (!only || suggestion === undefined || at < 1 || verb === undefined) return
  const who = textOf(suggestion.words.slice(0, at))
  const told = state.tag(`${who} can only ${verb.text} ${textOf(second.words.slice(1))}`)
  for (const { finding } of findingsIn(state, second, told, false))
    state.findings.push({
      ...finding,
      citations: [citationOf(suggestion.sentence), citationOf(second)],
    })
}

/** What was offered, with what the client adds to a yes, or as what must not be. */
function answered(
  words: readonly Word[],
  reply: Reply,
  detail: string,
  tag: Tagger,
): readonly Word[] {
  if (detail === '' && reply !== 'never') return words
  const said = textOf(words).replace(/[.?!]$/, '')
  const told = reply === 'never' ? said.replace(modal, '$1 not') : said
  // `A week ahead` is said of the deed, not of its case.
  const at = / (?:when|if|once) /i.exec(told)?.index ?? told.length
  return tag(`${told.slice(0, at)} ${detail}${told.slice(at)}`.trim() + '.')
}

const modal = /\b(can|could|should|must|may|will)\b/i

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
