import { clauseEnd } from './clause-end.ts'
import { citationOf, contentWords, type Finding } from './findings.ts'
import { plural } from './inflect.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { trimEnd } from './deeds.ts'
import { nounPhraseEnd } from './noun-phrase.ts'
import type { Sentence } from './sentences.ts'
import { phraseLength, textOf, type Word } from './words.ts'

const making = phraseList(`
  make it
  make that
  let 's make it
  let us make it
  let 's say
  let us say
  change it to
  change that to
  set it to
  better
  rather
`)
const periods = 'hourly|daily|weekly|fortnightly|monthly|quarterly|yearly|annual'
/** An amount and nothing else. */
const counting =
  /^(?:\b(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred)\b)$/i
const ways = wordSet('by via per through')
/** No further back than this is looked for what a replacement means. */
const nearest = 60

/** What is said now, and the words that it takes the place of, when those were named. */
interface Change {
  fresh: string
  old?: string
}

/**
 * The earlier finding as it stands now: `actually, make it monthly` after a weekly report, `by email
 * instead of text message` after a confirmation by text message. Undefined when nothing that was
 * found before could be meant.
 */
export function replacementOf(
  sentence: Sentence,
  findings: readonly Finding[],
): Finding | undefined {
  const change = changeIn(sentence.words) ?? amountAnew(sentence)
  if (change === undefined) return undefined
  const named = new Set(contentWords(textOf(sentence.words)))
  const recent = findings.slice(-nearest).toReversed()
  const fitting = recent.flatMap((finding) => {
    const statement = changed(finding.statement, change)
    return statement === undefined || statement === finding.statement
      ? []
      : [{ finding, statement }]
  })
  const meant =
    fitting.find(({ finding }) =>
      contentWords(finding.statement).some((word) => named.has(word)),
    ) ?? fitting[0]
  return meant && renewed(meant.finding, meant.statement, change, sentence)
}

function renewed(old: Finding, statement: string, change: Change, sentence: Sentence): Finding {
  const { clause, limit } = old
  const inPart = (text: string | undefined) => text && (changed(text, change) ?? text)
  const [object, rest] = [inPart(clause?.object), inPart(clause?.rest)]
  const amount = limit && /\d[\d.,]*/.exec(change.fresh)?.[0]
  return {
    ...old,
    statement,
    ...(clause && { clause: { ...clause, ...(object && { object }), ...(rest && { rest }) } }),
    ...(limit && { limit: { ...limit, amount: amount ?? limit.amount } }),
    citations: [...old.citations, citationOf(sentence)],
    saidBy: sentence.turn.speaker,
    at: sentence.at,
    replaces: true,
    insteadOf: old.statement,
  }
}

function changeIn(words: readonly Word[]): Change | undefined {
  const instead = words.findIndex(
    ({ lower }, at) =>
      (lower === 'instead' && words[at + 1]?.lower === 'of') ||
      (lower === 'rather' && words[at + 1]?.lower === 'than'),
  )
  if (instead > 0) {
    const end = nounOrNumber(words, instead + 2)
    const start = phraseStart(words, instead)
    if (end === instead + 2 || start === instead) return undefined
    const way = ways.has(words[start - 1]?.lower ?? '') ? start - 1 : start
    return { fresh: textOf(words.slice(way, instead)), old: textOf(words.slice(instead + 2, end)) }
  }
  const at = words.findIndex((_, index) => phraseLength(words, index, making) > 0)
  if (at === -1) return undefined
  const from = at + phraseLength(words, at, making)
  const fresh = trimEnd(words.slice(from, clauseEnd(words, from, words.length)))
  return fresh.length === 0 || fresh.length > 6 ? undefined : { fresh: textOf(fresh) }
}

/** `Actually let's say two, couples have children.` */
function amountAnew({ words, quote }: Sentence): Change | undefined {
  const [number, next] = words
  const anew = /\b(?:actually|let's say|let us say|no|wait|rather|better)\b/i.test(
    quote.slice(0, 40),
  )
  const alone = number?.pos === 'NUM' && (next === undefined || next.pos === 'PUNCT')
  return anew && alone ? { fresh: number.lower } : undefined
}

function nounOrNumber(words: readonly Word[], from: number): number {
  const end = nounPhraseEnd(words, from)
  return end === from && words[from]?.pos === 'NUM' ? from + 1 : end
}

/** Where the noun phrase begins that ends here. */
function phraseStart(words: readonly Word[], end: number): number {
  for (let start = Math.max(0, end - 5); start < end; start++)
    if (nounOrNumber(words, start) === end) return start
  return end
}

/** The text with the new words in place of the old; undefined when it says nothing of the kind. */
function changed(text: string, { fresh, old }: Change): string | undefined {
  if (counting.test(fresh)) {
    const amounts = text.match(new RegExp(counting.source.slice(1, -1), 'gi')) ?? []
    const [only] = amounts
    return amounts.length === 1 && only !== undefined
      ? text.replace(new RegExp(`\\b${escaped(only)}\\b( [a-z]+)?`, 'i'), (_, unit?: string) =>
          unit === undefined
            ? fresh
            : `${fresh}${only.toLowerCase() === 'one' ? plural(unit) : unit}`,
        )
      : undefined
  }
  const amount = /^(?:at most |up to |after )?(\d[\d.,]*|[a-z]+) (\p{L}+)/iu.exec(fresh)
  if (old !== undefined) {
    if (/^\d[\d.,]*$/.test(old)) return numberChanged(text, old, fresh)
    const bare = old.replace(/^(?:an?|the) /i, '')
    const whole = new RegExp(`(?:\\b(?:by|via|per) )?(?:\\ban? )?\\b${escaped(bare)}\\b`, 'i')
    const way = /^(?:by|via|per) /.test(fresh)
    return whole.test(text)
      ? text.replace(whole, (said) =>
          way || !/^(?:by|via|per) /i.test(said) ? fresh : said.replace(bare, fresh),
        )
      : undefined
  }
  const period = new RegExp(`\\b(?:${periods})\\b`, 'i')
  if (period.test(fresh) && fresh.split(' ').length < 3)
    return period.test(text) ? text.replace(period, fresh.replace(/^(?:an?|the) /i, '')) : undefined
  if (amount === null) return undefined
  const [, number = '', unit = ''] = amount
  const counted = new RegExp(
    `\\b(\\d[\\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve) (?=${escaped(unit.replace(/s$/, ''))})`,
    'i',
  )
  return /\d|^(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)$/i.test(number) &&
    counted.test(text)
    ? text.replace(counted, `${number} `)
    : undefined
}

/** `5 days instead of 3` */
function numberChanged(text: string, old: string, fresh: string): string | undefined {
  const instead = /\d[\d.,]*/.exec(fresh)?.[0]
  if (instead === undefined) return undefined
  const there = new RegExp(`\\b${escaped(old)}\\b`)
  return there.test(text) ? text.replace(there, instead) : undefined
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
