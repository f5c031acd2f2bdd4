import { findAnchors } from './anchors.ts'
import { answeredWith } from './asked-answers.ts'
import { emptyNouns } from './lexicon/nouns.ts'
import { wordSet } from './lexicon/word-set.ts'
import { headOf, nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import type { Sentence } from './sentences.ts'
import { capitalised } from './inflect.ts'
import { languages } from './spoken-languages.ts'
import { lowerFirst } from './written.ts'
import { textOf, type Tagger, type Word } from './words.ts'

const goesOn = wordSet('that which where for with to . ,')
const hedging = wordSet('mostly mainly some maybe a bit of probably course also too please')
const listing = new Set([...hedging, ',', '.', 'and', 'or'])

/**
 * An answer that is no sentence, put as one: `What do you need? – A page that shows …` says that we
 * need that page, `In which languages? – English and French.` that the system is available in them. Only the
 * sentence that opens an answer is put together with any question.
 */
export function wholeAnswer(
  words: readonly Word[],
  asked: Sentence | undefined,
  tag: Tagger,
  isFirst = true,
): readonly Word[] {
  const from = openingEnd(words)
  const praised = praisedEnd(words, from)
  if (praised > from) return tag(`we need ${lowerFirst(textOf(words.slice(from, praised)))}.`)
  if (asked === undefined || !asked.asks) return words
  const whole = answeredWith(words, asked.words, isFirst)
  if (whole !== undefined) return tag(whole)
  const thing = asksForThings(asked.words) && isThing(words, from)
  if (thing) return tag(`we need ${lowerFirst(textOf(words.slice(from)))}`)
  if (findAnchors(words).length > 0) return words
  const both = bothOf(words, asked.words)
  if (both !== undefined) return tag(both)
  const ways = waysOf(words, from, asked.words)
  if (ways !== undefined) return tag(ways)
  const which = whichIn(asked.words)
  const name = which === undefined ? undefined : nameAt(words, from)
  if (name !== undefined) return tag(`the system must use ${name} as the ${which}.`)
  if (asked.words.some(({ lemma }) => lemma === 'language')) {
    const rest = words.slice(from)
    const only = rest.every(({ lower }) => languages.has(lower) || listing.has(lower))
    return only && rest.some(({ lower }) => languages.has(lower))
      ? tag(
          `the system must be available in ${rest
            .filter(({ lower }) => !hedging.has(lower))
            .map(nameOf)
            .join(' ')
            .replace(/ (?=[,.])/g, '')}`,
        )
      : words
  }
  return words
}

/** `iPhone or Android? – Both.` */
function bothOf(words: readonly Word[], asked: readonly Word[]): string | undefined {
  const from = openingEnd(asked)
  const or = nounPhraseEnd(asked, from)
  const end = nounPhraseEnd(asked, or + 1)
  const alone = asked.slice(end).every(({ pos }) => pos === 'PUNCT')
  const isBoth = words[openingEnd(words)]?.lower === 'both' && words.length < 5
  const isOr = or > from && asked[or]?.lower === 'or' && end > or + 1 && alone
  return isBoth && isOr
    ? `the system must support ${nameAs(asked.slice(from, or))} and ${nameAs(asked.slice(or + 1, end))}.`
    : undefined
}

/** A small first letter is the tagger's doing. */
function nameAs(words: readonly Word[]): string {
  const text = textOf(words)
  return /[A-Z]/.test(text) ? text : lowerFirst(text)
}

/** `How do they find things? – By searching for a word, and by filtering by price.` */
function waysOf(words: readonly Word[], from: number, asked: readonly Word[]): string | undefined {
  const how = asked.findIndex(({ lower }) => lower === 'how')
  const asks =
    how !== -1 && ['do', 'does', 'can', 'should', 'will'].includes(asked[how + 1]?.lower ?? '')
  const end = ['they', 'he', 'she', 'you', 'we'].includes(asked[how + 2]?.lower ?? '')
    ? how + 3
    : nounPhraseEnd(asked, how + 2)
  const who = textOf(asked.slice(how + 2, end)).replace(/^you$/i, 'we')
  if (!asks || who === '' || words[from]?.lower !== 'by' || !isGerund(words[from + 1]))
    return undefined
  const told = words.slice(from).map((word, at, all) => {
    const opens = word.lower === 'by' && isGerund(all[at + 1])
    const verb = isGerund(word) && all[at - 1]?.lower === 'by'
    return opens ? { ...word, text: `${who} can` } : verb ? { ...word, text: word.lemma } : word
  })
  return textOf(told)
}

function isGerund(word: Word | undefined): boolean {
  return word?.pos === 'VERB' && word.lower.endsWith('ing') && word.lemma !== word.lower
}

function nameOf({ lower, text }: Word): string {
  return languages.has(lower) ? capitalised(lower) : text
}

const pleasing = wordSet(
  'enough nice great good perfect helpful useful fine ideal cool lovely wonderful amazing awesome handy sufficient brilliant',
)

/** Where the thing ends in `a monthly report would be enough`. */
function praisedEnd(words: readonly Word[], from: number): number {
  const would = words.findIndex(
    ({ lower }, at) => at > from && ['would', "'d", 'will'].includes(lower),
  )
  const does = ['do', 'suffice'].includes(words[would + 1]?.lower ?? '')
  if (would === -1 || (words[would + 1]?.lower !== 'be' && !does)) return from
  const after = words[would + 2]
  const pleases =
    does ||
    pleasing.has(after?.lower ?? '') ||
    (after?.lower === 'a' && words[would + 3]?.lower === 'plus')
  const end = nounPhraseEnd(words, from)
  const inner = words.slice(from, would)
  const opens =
    ['a', 'an', 'some', 'more'].includes(words[from]?.lower ?? '') || words[from]?.pos === 'NOUN'
  const relates = ['that', 'which'].includes(words[end]?.lower ?? '')
  const whole = end > from && (relates || inner.every(({ pos }) => pos !== 'AUX' && pos !== 'VERB'))
  if (words[would]?.lower === 'will' && !does) return from
  return pleases && opens && whole ? would : from
}

const chosen = wordSet(
  'provider system database tool framework language platform service vendor host calendar stack cloud software',
)

/** In `Which payment provider?` the payment provider. */
function whichIn(words: readonly Word[]): string | undefined {
  const at = words.findIndex(({ lower }) => lower === 'which' || lower === 'what')
  const end = nounPhraseEnd(words, at + 1)
  const head = headOf(words.slice(at + 1, end))
  const known = head !== undefined && chosen.has(head.lemma) && head.lower === head.lemma
  return at !== -1 && at < 4 && known ? textOf(words.slice(at + 1, end)) : undefined
}

/** `Stripe, we already have an account.` */
function nameAt(words: readonly Word[], from: number): string | undefined {
  let end = from
  while (words[end]?.pos === 'PROPN' || (end > from && /^[A-Z]/.test(words[end]?.text ?? ''))) end++
  const first = words[from]
  // A small first letter is the tagger's doing; a name stands alone or before a comma.
  const single = first !== undefined && (first.pos === 'NOUN' || first.pos === 'PROPN')
  const last = end > from ? end : from + 1
  const stops = [',', '.', undefined].includes(words[last]?.lower)
  return single && stops
    ? words
        .slice(from, last)
        .map(({ text }) => capitalised(text))
        .join(' ')
    : undefined
}

const wishes = wordSet(
  'need want like build help imagine expect wish add miss missing right better useful picture mind',
)

function asksForThings(words: readonly Word[]): boolean {
  const what = words.findIndex(({ lower }) => lower === 'what')
  return (
    what !== -1 &&
    words.some(({ lemma }, at) => at > what && at < what + 6 && wishes.has(lemma)) &&
    !words.some(({ lemma }) => ['store', 'keep', 'know', 'save', 'record'].includes(lemma))
  )
}

function isThing(words: readonly Word[], from: number): boolean {
  const end = nounPhraseEnd(words, from)
  const head = headOf(words.slice(from, end))
  const article =
    ['a', 'an', 'some', 'the'].includes(words[from]?.lower ?? '') || words[from]?.pos === 'NUM'
  return (
    article &&
    head !== undefined &&
    !emptyNouns.has(head.lemma) &&
    goesOn.has(words[end]?.lower ?? '.')
  )
}
