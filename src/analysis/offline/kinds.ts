import type { ItemKind, Priority } from '../../domain/brief.ts'
import { phraseList, wordSet, type Phrases } from './lexicon/word-set.ts'
import { technologies } from './lexicon/technologies.ts'
import type { Reading } from './reading.ts'
import type { Statement } from './finish.ts'
import { phraseLength, type Word } from './words.ts'

const months = wordSet(
  'january february april june july august september october november december',
)
const timeWords = phraseList(
  'deadline\ngo live\ngoes live\nlaunch\nready by\nready in\nfinished by\ndone by\nnext year\nnext month\nfirst phase\nsecond phase\nthird phase\nfirst stage\nsecond stage\nthird stage\nby the end of\nby the first of\nby next',
)
const qualityWords = wordSet(`
  fast quick quickly responsive performance secure security encrypt encrypted encryption reliable
  reliability available availability accessible accessibility usable intuitive easy simple private
  privacy gdpr backup offline scalable simultaneously concurrent latency uptime confidential
  localization localisation regulation
`)
const tasteWords = wordSet('colour color design logo style font theme dark layout friendly modern')
const joiningVerbs = wordSet('integrate sync synchronise synchronize connect link')

/** What kind of item a statement is. */
export function kindOf(words: readonly Word[], reading: Reading, statement: Statement): ItemKind {
  const { clause } = statement
  if (isTimed(words, statement)) return 'timeline'
  if (isBudget(words)) return 'budget'
  if (joiningVerbs.has(clause.verb)) return 'integration'
  if (isQuality(statement)) return 'quality'
  const said = statement.text.toLowerCase().split(/[^a-z]+/)
  if (isTechnical(statement)) return 'preference'
  const tastes = statement.actor.kind !== 'people' && said.some((word) => isTaste(word))
  if (/prefer/.test(reading.said) || tastes) return 'preference'
  if (clause.verb === 'have' && statement.text.startsWith('There ')) return 'constraint'
  if (statement.actor.kind === 'people' && clause.negated && clause.verb === 'participate')
    return 'constraint'
  return 'requirement'
}

/** `the system uses PostgreSQL as the database`: how it is made, not what it does. */
function isTechnical({ clause, actor, text }: Statement): boolean {
  if (actor.kind === 'people' || !['use', 'run', 'be', 'provide'].includes(clause.verb))
    return false
  const asPart = clause.verb === 'use' && / as (?:the|our|a|an) /.test(text)
  return (
    asPart ||
    text
      .toLowerCase()
      .split(/[\s,;]+/)
      .some((word) => technologies.has(word.replace(/\.$/, '')))
  )
}

function isTaste(word: string): boolean {
  return tasteWords.has(word) || tasteWords.has(word.replace(/s$/, ''))
}

function isTimed(words: readonly Word[], statement: Statement): boolean {
  if (statement.actor.kind === 'people') return false
  const cue = words.some((_, at) => phraseLength(words, at, timeWords) > 0)
  const dated = words.some(
    (word, at) =>
      months.has(word.lower) &&
      ['by', 'in', 'until', 'before', 'of'].includes(words[at - 1]?.lower ?? ''),
  )
  return (
    (cue || dated) &&
    (statement.describes ||
      /^(?:consist|launch|start|go|finish|deliver)$/.test(statement.clause.verb))
  )
}

function isBudget(words: readonly Word[]): boolean {
  const spends = words.some((word) =>
    ['budget', 'cost', 'spend', 'price', 'afford'].includes(word.lemma),
  )
  const money = words.some((word) =>
    /^[$€£]|^(?:dollars?|euros?|pounds?|usd|eur|gbp|k)$/.test(word.lower),
  )
  return spends && money
}

function isQuality(statement: Statement): boolean {
  // `before the performance` is a time.
  const timeless = statement.text.toLowerCase().replace(/\b(?:before|after|during|until) .*/, '')
  const said = timeless.split(/[^a-z]+/)
  const marks = said.some((word) => qualityWords.has(word))
  const measured =
    /\b(?:less than|under|within|at most)\b.{0,30}\b(?:seconds?|milliseconds?|ms)\b/.test(
      statement.text,
    )
  return statement.actor.kind !== 'people' && (marks || measured)
}

const weakening = phraseList(
  'nice to have\nbe nice\nnot urgent\nmaybe\nperhaps\noptional\noptionally\nif possible\nlater on\nnot a priority\nlow priority\nnot important\nat some point',
)
const strengthening = phraseList(
  'most important\nvery important\ncrucial\nessential\nabsolutely\nthe main thing\ntop priority\nfirst priority\nmandatory',
)

/** How much it matters, with the words that say so. */
export function priorityOf(
  words: readonly Word[],
  reading: Reading,
): { level: Priority; reason: string } {
  const weak = spokenCue(words, weakening)
  if (weak !== undefined) return { level: 'could', reason: `Said with “${weak}”.` }
  const strong = spokenCue(words, strengthening)
  if (strong !== undefined) return { level: 'must', reason: `Said with “${strong}”.` }
  if (reading.subject.only)
    return { level: 'must', reason: 'Said with “only”: a rule about who may.' }
  const said = reading.said === '' ? 'should' : reading.said
  return { level: reading.force, reason: `Said with “${said.slice(0, 80)}”.` }
}

function spokenCue(words: readonly Word[], cues: Phrases): string | undefined {
  const at = words.findIndex((_, index) => phraseLength(words, index, cues) > 0)
  const cue = words.slice(at, at + phraseLength(words, at, cues))
  return at === -1 ? undefined : cue.map(({ lower }) => lower).join(' ')
}
