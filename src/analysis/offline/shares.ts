import { clauseEnd } from './clause-end.ts'
import { trimEnd } from './deeds.ts'
import { wordSet } from './lexicon/word-set.ts'
import type { Word } from './words.ts'
import { spoken } from './written.ts'

const running = wordSet('up available online reachable running accessible uptime availability')
const percents = wordSet('percent % per-cent')

/** How much of the time the software has to be there, with the words that say it. */
export interface Availability {
  statement: string
  words: readonly Word[]
}

/** `up 99.5 percent of the time`, `99.9% uptime`; undefined where no share of the time is named. */
export function availabilityIn(words: readonly Word[]): Availability | undefined {
  const at = words.findIndex(
    (word, index) =>
      (word.pos === 'NUM' || /^\d/.test(word.text)) && percents.has(words[index + 1]?.lower ?? ''),
  )
  const state = words.findIndex(({ lower }) => running.has(lower))
  if (at === -1 || state === -1) return undefined
  const least = ['least', 'minimum'].includes(words[at - 1]?.lower ?? '') ? 'at least ' : ''
  const end = clauseEnd(words, at, words.length)
  const rest = trimEnd(words.slice(at, end).filter(({ lower }) => !running.has(lower)))
  const share = spoken(rest)
  const time = rest.length > 2 ? '' : ' of the time'
  return {
    statement: `The system is available ${least}${share}${time}.`,
    words: words.slice(Math.min(state, at), end),
  }
}
