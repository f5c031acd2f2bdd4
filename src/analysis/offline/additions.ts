import { clausesIn } from './clauses.ts'
import { deedsFrom, trimEnd } from './deeds.ts'
import { actionVerbs, systemVerbs, talkVerbs } from './lexicon/verbs.ts'
import { phraseList } from './lexicon/word-set.ts'
import { nounPhraseEnd } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import type { Reading } from './reading.ts'
import type { Subject } from './subject.ts'
import { phraseLength, textOf, type Word } from './words.ts'

const adding = phraseList(
  'if possible\nideally\npreferably\nmaybe\nperhaps\npossibly\nalso\nand\nplus\nas well as\nincluding\n,',
)
const weak = /\b(?:if possible|ideally|preferably|maybe|perhaps|possibly)\b/i
const closing = phraseList('too\nas well\nplease\n.\n!\n?\n,')

/**
 * What is added without a verb of its own, `…, and if possible also the price`, or without a subject,
 * `Maybe also rate a ride?`: it goes on with what was read before, or with the people spoken of last.
 */
export function additionsIn(words: readonly Word[], readings: readonly Reading[]): Reading[] {
  if (readings.length === 0) return deedsAdded(words)
  const [, ...later] = clausesIn(words)
  return later.flatMap((clause) => thingAdded(clause, readings) ?? [])
}

function thingAdded(clause: readonly Word[], readings: readonly Reading[]): Reading | undefined {
  const from = skip(clause, 0, adding)
  const end = nounPhraseEnd(clause, from)
  const thing = clause.slice(from, end)
  if (from === 0 || end === from || skip(clause, end, closing) < clause.length) return undefined
  const last = readings.findLast(({ content }) => phraseOf(content).length > 0)
  if (last === undefined || phraseOf(last.content).some((word) => thing.includes(word)))
    return undefined
  const { content } = last
  const isWeak = weak.test(textOf(clause.slice(0, from)))
  return {
    ...last,
    ...(isWeak && { force: 'could' as const }),
    content:
      content.type === 'thing'
        ? { type: 'thing', phrase: thing }
        : { type: 'deed', deed: { ...content.deed, phrase: thing, object: thing } },
  }
}

function phraseOf(content: Reading['content']): readonly Word[] {
  return content.type === 'thing' ? content.phrase : content.deed.object
}

function deedsAdded(words: readonly Word[]): Reading[] {
  const from = openingEnd(words)
  const verb = words[from]
  const lead = textOf(words.slice(0, from))
  if (verb === undefined || !weak.test(lead) || verb.lower !== verb.lemma) return []
  if (!actionVerbs.has(verb.lower) || systemVerbs.has(verb.lower) || talkVerbs.has(verb.lower))
    return []
  const subject: Subject = {
    kind: 'they',
    words: [],
    noun: 'they',
    plural: true,
    only: false,
    start: from,
  }
  return deedsFrom(words, from, trimEnd(words).length).map((deed) => ({
    subject,
    force: 'could',
    able: true,
    duty: false,
    negated: false,
    said: lead.toLowerCase(),
    content: { type: 'deed', deed },
    ...(deed.condition && { condition: deed.condition }),
  }))
}

/** Behind as many of these as stand here. */
function skip(words: readonly Word[], from: number, phrases: typeof adding): number {
  let at = from
  for (;;) {
    const length = phraseLength(words, at, phrases)
    if (length === 0) return at
    at += length
  }
}
