import { wordSet } from './lexicon/word-set.ts'
import { nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import { conditionOf } from './deeds.ts'
import { type Word, wordOf } from './words.ts'

const modals = wordSet('can could may might should must will would shall')
const asking = wordSet('you your me what who whose why how which')
const talk = wordSet(
  'explain tell say repeat mean understand help imagine know go start stop come ask talk discuss just quickly',
)

/**
 * `Can customers also pay by card?`, `Would it be possible to undo an import?`: a wish that a client puts
 * as a question, in the order of a statement. Undefined for what is asked of the others: `Could you
 * repeat that?`, `Can I ask something?`
 */
export function wishAsked(words: readonly Word[]): readonly Word[] | undefined {
  const from = wishStart(words)
  const rest = words.slice(from)
  if (rest.length < 4 || rest.some(({ lower }) => asking.has(lower))) return undefined
  const possible = possibleTo(rest)
  if (possible !== undefined) return stated(possible)
  const [modal] = rest
  if (modal === undefined || !modals.has(modal.lower)) return undefined
  const pronoun = ['we', 'they', 'he', 'she', 'it', 'there'].includes(rest[1]?.lower ?? '')
  const end = pronoun ? 2 : nounPhraseEnd(rest, 1)
  const deed = rest[end]?.lower === 'also' ? rest[end + 1] : rest[end]
  if (end === 1 || deed === undefined || talk.has(deed.lower) || deed.pos === 'PUNCT')
    return undefined
  return stated([...words.slice(0, from), ...rest.slice(1, end), modal, ...rest.slice(end)])
}

/** Behind `and`, and behind a condition: `If it is late, can we …?` */
function wishStart(words: readonly Word[]): number {
  const from = openingEnd(words)
  if (conditionOf(words.slice(from)) === undefined) return from
  const comma = words.findIndex(({ lower }, at) => at > from && lower === ',')
  return comma === -1 ? from : comma + 1
}

/** `Is it possible to …`, `would it be possible that …` */
function possibleTo(words: readonly Word[]): readonly Word[] | undefined {
  const at = words.findIndex(({ lower }) => lower === 'possible')
  const [first, it] = words
  const opens = ['is', 'would', 'will'].includes(first?.lower ?? '') && it?.lower === 'it'
  if (!opens || at < 2 || at > 4) return undefined
  const next = words[at + 1]?.lower
  if (next === 'to') return [wordOf('we', 'PRON'), wordOf('can', 'AUX'), ...words.slice(at + 2)]
  const end = nounPhraseEnd(words, at + 2)
  const named = next === 'for' && end > at + 2 && words[end]?.lower === 'to'
  return named
    ? [...words.slice(at + 2, end), wordOf('can', 'AUX'), ...words.slice(end + 1)]
    : undefined
}

/** With a full stop, and without `for us`. */
function stated(said: readonly Word[]): readonly Word[] {
  const at = said.findLastIndex(
    ({ lower }, index) => lower === 'for' && ['us', 'me'].includes(said[index + 1]?.lower ?? ''),
  )
  const words = at === said.length - 3 ? [...said.slice(0, at), ...said.slice(at + 2)] : said
  return words.map((word) => (word.text === '?' ? { ...word, text: '.', lower: '.' } : word))
}
