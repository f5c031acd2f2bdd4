import { opensClause } from '../clause-end.ts'
import { mainClausesIn } from '../clauses.ts'
import { wordSet } from '../lexicon/word-set.ts'
import type { Word } from '../words.ts'
import { matterStart } from './clause-parts.ts'
import { caseAt } from './cases.ts'
import { finiteAt } from './finite.ts'

const nominative = wordSet('i we they he she it those there')

/** The clauses of a sentence, also those that a comma alone sets apart, each with its case. */
export function clausesOf(words: readonly Word[]): (readonly Word[])[] {
  return mainClausesIn(words).flatMap(apart)
}

function apart(words: readonly Word[]): (readonly Word[])[] {
  const from = matterStart(words, 0)
  const start = caseAt(words, from)?.end ?? from
  const verb = finiteAt(words, matterStart(words, start))
  if (verb === -1) return [words]
  for (let at = verb + 2; at < words.length - 2; at++) {
    if (words[at]?.lower !== ',') continue
    const next = matterStart(words, at + 1)
    const named = nominative.has(words[next]?.lower ?? '') || words[next]?.pos === 'DET'
    if (named && opensClause(words, next, words.length) && finiteAt(words, next) > next)
      return [words.slice(0, at), ...apart(words.slice(at + 1))]
  }
  return [words]
}
