import type { Clause } from '../../domain/brief.ts'
import { clauseEnd } from './clause-end.ts'
import { mainClausesIn } from './clauses.ts'
import { capitalised } from './inflect.ts'
import { isHuman } from './lexicon/nouns.ts'
import { headOf, nounPhraseEnd, subjectPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import type { Sentence } from './sentences.ts'
import { isSound } from './soundness.ts'
import type { Word } from './words.ts'
import { restOf, spoken } from './written.ts'

const asksRight =
  /\bwhat (?:would|should|do|did) (?:be right|happen|it do|you expect|it be|you want to happen|it show|the right)|\bhow should (?:it|that) (?:be|work|look)|\bwhat (?:is|would be) (?:right|correct|the right)/i

/** Whether the agent asks what is right, where something is wrong. */
export function asksWhatIsRight(agent: readonly Sentence[]): boolean {
  return agent.slice(-2).some(({ quote }) => asksRight.test(quote))
}

/** What is right, as told in the present: `The list stays where it is`. */
export function rightIn(words: readonly Word[]): { statement: string; clause: Clause }[] {
  return mainClausesIn(words).flatMap((clause) => rightClause(clause) ?? [])
}

function rightClause(clause: readonly Word[]): { statement: string; clause: Clause } | undefined {
  const words = ofUsers(clause.slice(openingEnd(clause)))
  const end = subjectPhraseEnd(words, 0)
  const head = headOf(words.slice(0, nounPhraseEnd(words, 0)))
  const verb = words[end]
  const present = verb?.pos === 'VERB' && !/(?:ed|ing)$/.test(verb.lower)
  if (head === undefined || isHuman(head.lemma) || verb === undefined || !present) return undefined
  const rest = words.slice(end + 1, clauseEnd(words, end + 1, words.length))
  if (rest.length === 0 || !isSound(withoutIts(rest))) return undefined
  return {
    statement: `${capitalised(spoken(words.slice(0, end)))} ${spoken([verb, ...rest])}.`,
    clause: { verb: verb.lemma.slice(0, 40), ...restOf(rest), negated: false },
  }
}

/** `where it is`: said of the subject, so it is no pointer. */
function withoutIts(words: readonly Word[]): readonly Word[] {
  return words.filter(({ lower }) => lower !== 'it' && lower !== 'they')
}

/** `when I tick something off` happens to every user. */
function ofUsers(words: readonly Word[]): readonly Word[] {
  return words.map((word) =>
    ['i', 'we', 'you'].includes(word.lower)
      ? { ...word, text: 'users', lower: 'users', lemma: 'user', pos: 'NOUN' }
      : word,
  )
}
