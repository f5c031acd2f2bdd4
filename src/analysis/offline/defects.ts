import { conditionOf } from './deeds.ts'
import { clauseEnd } from './clause-end.ts'
import { capitalised } from './inflect.ts'
import { isHuman } from './lexicon/nouns.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { headOf, nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { phraseLength, textOf, type Word } from './words.ts'
import { conditionText, spoken } from './written.ts'

const faults = phraseList(`
  the wrong
  a wrong
  wrong
  incorrect
  is broken
  are broken
  does not work
  does n't work
  do not work
  do n't work
  crashes
  crash
  freezes
  hangs
  fails
  fail
  an error
  error message
  is missing
  are missing
  disappears
  disappear
  is lost
  are lost
  is found
  is shown
  happens
`)
/** These tell of a fault only together with `nothing` or `not`. */
const denied = wordSet('found shown happens')

/** `When a customer has a discount, the invoice shows the wrong total.`: what is to be mended. */
export function defectIn(words: readonly Word[]): string | undefined {
  const from = openingEnd(words)
  const condition = conditionOf(words.slice(from))
  const comma = words.findIndex(({ lower }, at) => at > from && lower === ',')
  const start = condition === undefined ? from : comma + 1
  if (start === 0) return undefined
  const nothing = ['nothing', 'nobody'].includes(words[start]?.lower ?? '')
  const end = nothing ? start + 1 : nounPhraseEnd(words, start)
  const head = headOf(words.slice(start, end))
  const verb = words[end]
  if ((head === undefined && !nothing) || (head !== undefined && isHuman(head.lemma)))
    return undefined
  // Told in the present: what was wrong once needs no mending.
  if (verb === undefined || (verb.pos !== 'VERB' && verb.pos !== 'AUX') || isPast(verb))
    return undefined
  const stop = clauseEnd(words, end, words.length)
  const said = words.slice(end, stop)
  const fault = said.findIndex((_, at) => phraseLength(said, at, faults) > 0)
  const last = said[fault + phraseLength(said, Math.max(fault, 0), faults) - 1]
  if (fault === -1 || (denied.has(last?.lower ?? '') && !nothing)) return undefined
  const main = `${textOf(words.slice(start, end))} ${spoken(said)}`
  const told =
    condition === undefined
      ? capitalised(main)
      : `${capitalised(condition.kind)} ${conditionText(condition)}, ${main}`
  return `To be mended: ${told}.`
}

function isPast({ lower, pos }: Word): boolean {
  return (
    lower === 'was' ||
    lower === 'were' ||
    lower === 'did' ||
    (pos === 'VERB' && lower.endsWith('ed'))
  )
}
