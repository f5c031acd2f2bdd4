import { emptyNouns } from './lexicon/nouns.ts'
import { headOf, nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import type { Word } from './words.ts'

const echoes = new Set(['they', 'he', 'she', 'it', 'those', 'these'])

/** Speech names its subject and takes it up again: `the owners, they should …`. */
export function withoutEcho(words: readonly Word[]): readonly Word[] {
  const opening = openingEnd(words)
  // `But not the nests, those must stay hidden.`
  const from = words[opening]?.lower === 'not' ? opening + 1 : opening
  return dropEcho(dropEcho(words, from), afterJoin(words, from))
}

/** `… and the owner, he should …` */
function afterJoin(words: readonly Word[], from: number): number {
  return words.findIndex(({ lower }, at) => at > from && lower === 'and') + 1
}

function dropEcho(words: readonly Word[], from: number): readonly Word[] {
  const end = nounPhraseEnd(words, from)
  const head = headOf(words.slice(from, end))
  if (head === undefined || emptyNouns.has(head.lemma)) return words
  const at = words[end]?.lower === ',' ? end + 1 : end
  const next = words[at + 1]
  const goesOn = next?.pos === 'AUX' || next?.pos === 'VERB'
  if (!echoes.has(words[at]?.lower ?? '') || !goesOn) return words
  return [...words.slice(0, end), ...words.slice(at + 1)]
}
