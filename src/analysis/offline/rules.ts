import type { Clause } from '../../domain/brief.ts'
import { clauseEnd } from './clause-end.ts'
import { findAnchors } from './anchors.ts'
import { trimEnd } from './deeds.ts'
import { capitalised, isPlural } from './inflect.ts'
import { emptyNouns, isHuman } from './lexicon/nouns.ts'
import { wordSet } from './lexicon/word-set.ts'
import { headOf, isNoun, subjectPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { isReadable } from './soundness.ts'
import type { Word } from './words.ts'
import { restOf, spoken } from './written.ts'

/** How something always is, with its amount, and the words that say it. */
export interface Rule {
  statement: string
  clause: Clause
  words: readonly Word[]
}

const general = wordSet('a an one each every')
const lasting = wordSet('be last take hold need get receive go weigh require run fit')
const units = wordSet('second minute hour day week month year night percent metre meter kilo')
/** `a second batch` counts nothing. */
const counting = wordSet('at up no least most only exactly always about around roughly')

/**
 * `A slot is 45 minutes long`, `each dock takes one truck at a time`: a rule with an amount about any
 * one of its kind. Undefined for what is asked for, for the past, and for counts of what there is.
 */
export function ruleIn(words: readonly Word[]): Rule | undefined {
  const from = openingEnd(words)
  const told = words.slice(from)
  const end = subjectPhraseEnd(told, 0)
  const head = headOf(told.slice(0, end))
  const verb = told[end]
  if (head === undefined || verb === undefined || emptyNouns.has(head.lemma)) return undefined
  const many = end === 1 && isPlural(head)
  const isGeneral = (many || general.has(told[0]?.lower ?? '')) && !isHuman(head.lemma)
  const deals = isHuman(head.lemma) && dealing.has(verb.lemma) && verb.pos === 'VERB'
  if (!(deals || (isGeneral && isPresent(verb, many)))) return undefined
  if (findAnchors(told).length > 0) return undefined
  const rest = trimEnd(told.slice(end + 1, clauseEnd(told, end + 1, told.length)))
  const each = ['each', 'every'].includes(told[0]?.lower ?? '') && rest.some(isNoun)
  if (!(hasAmount(rest) || (each && verb.pos === 'VERB')) || !isReadable(rest)) return undefined
  return {
    statement: `${capitalised(spoken(told.slice(0, end)))} ${verb.lower} ${spoken(rest)}.`,
    clause: { verb: verb.lemma, ...restOf(rest), negated: false },
    words: told.slice(0, end + 1 + rest.length),
  }
}

function isPresent({ lower, lemma, pos }: Word, many: boolean): boolean {
  if (lower === (many ? 'are' : 'is')) return true
  return pos === 'VERB' && lasting.has(lemma) && (many ? lower === lemma : lower.endsWith('s'))
}

/** What people take or give by a rule. */
const dealing = wordSet('charge earn')

/** `45 minutes`, `always one truck`: the amount stands first. */
function hasAmount(rest: readonly Word[]): boolean {
  let at = 0
  while (counting.has(rest[at]?.lower ?? '')) at++
  const number = rest[at]
  const unit = rest.slice(at + 1, at + 3).find(isNoun)
  if (number?.pos !== 'NUM' || unit === undefined) return false
  return units.has(unit.lemma) || rest.length > at + 2
}
