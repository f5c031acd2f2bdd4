import type { Actor } from './actors.ts'
import { emptyNouns, isHuman, systemNouns } from './lexicon/nouns.ts'
import { weather } from './lexicon/verbs.ts'
import { wordSet } from './lexicon/word-set.ts'
import { lowerFirst } from './written.ts'
import { headOf, nounPhraseEnd, withoutDeterminer } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import type { Reading } from './reading.ts'
import type { Sentence } from './sentences.ts'
import { subjectBefore } from './subject.ts'
import type { Word } from './words.ts'

/** The object that an `it` would mean after this. */
export function topicOf({ content }: Reading): readonly Word[] | undefined {
  const { phrase } = content.type === 'thing' ? content : content.deed
  const object =
    content.type === 'thing' ? phrase.slice(0, nounPhraseEnd(phrase, 0)) : content.deed.object
  return object.length === 0 ? undefined : object
}

const telling = wordSet(
  'remind notify inform alert tell send show ask warn email contact give message call phone ring text',
)

/** `the system should remind him`: the one who was spoken of last. */
export function aboutPeople(reading: Reading, people: Actor | undefined): Reading {
  const { content } = reading
  if (content.type === 'thing' || people === undefined || people.name === '') return reading
  const { deed } = content
  const [first, ...rest] = deed.phrase
  const points = ['him', 'her', 'them'].includes(first?.lower ?? '') && rest[0]?.pos !== 'NOUN'
  if (first === undefined) return reading
  const text = lowerFirst(people.text)
  const named: Word = { ...first, text, lower: text, lemma: people.name, pos: 'NOUN' }
  const last = deed.phrase.at(-1)
  // `shows net prices to them`
  if (last !== undefined && reading.subject.kind === 'system' && isToThem(deed.phrase))
    return {
      ...reading,
      content: {
        type: 'deed',
        deed: { ...deed, phrase: [...deed.phrase.slice(0, -1), { ...named, spaced: last.spaced }] },
      },
    }
  if (!points || !telling.has(deed.verb.lemma)) return reading
  return {
    ...reading,
    content: { type: 'deed', deed: { ...deed, phrase: [named, ...rest], object: [named] } },
  }
}

function isToThem(phrase: readonly Word[]): boolean {
  const [to, them] = phrase.slice(-2)
  return (
    ['to', 'for', 'with'].includes(to?.lower ?? '') &&
    ['them', 'him', 'her'].includes(them?.lower ?? '')
  )
}

const calling = wordSet(
  'phone ring call text contact email invite remind pay visit greet inform thank',
)

/** `Then he publishes it`: what was spoken of last. */
export function aboutTopic(reading: Reading, topic: readonly Word[]): Reading {
  const { content } = reading
  if (content.type === 'thing' || topic.length === 0) return reading
  const { deed } = content
  // `work on it`
  const at = deed.phrase[0]?.pos === 'ADP' ? 1 : 0
  const points = ['that', 'those', 'these'].includes(deed.phrase[at]?.lower ?? '')
  const that = points && deed.phrase.length === at + 1
  if (!that && !['it', 'them'].includes(deed.phrase[at]?.lower ?? '')) return reading
  // Whom one rings up is no thing.
  if (deed.phrase[at]?.lower === 'them' && calling.has(deed.verb.lemma)) return reading
  const [head, ...more] = topic
  const named = head === undefined ? [] : [{ ...head, spaced: true }, ...more]
  const phrase = [...deed.phrase.slice(0, at), ...named, ...deed.phrase.slice(at + 1)]
  const object = at === 0 ? topic : []
  return { ...reading, content: { type: 'deed', deed: { ...deed, phrase, object } } }
}

/** What things do by themselves. */
const ofThings = wordSet(
  'be contain show display list print include load look start open end stay cover',
)

/** What a thing does, and not the software. */
const turning = wordSet('change update stay remain expire disappear appear vanish')

/** `The start page is slow. It has to load in a second.`: the thing that the client spoke of. */
export function aboutThing(
  reading: Reading,
  named: readonly Word[],
  topic: readonly Word[],
): Reading {
  const { subject, content } = reading
  const verb = content.type === 'deed' ? content.deed.verb.lemma : ''
  const spokenOf = turning.has(verb) ? (named.length > 0 ? named : topic) : named
  const does = turning.has(verb) || ofThings.has(verb)
  if (subject.kind !== 'it' || subject.noun !== 'it' || spokenOf.length === 0 || !does)
    return reading
  const thing = subjectBefore(spokenOf, spokenOf.length)
  return thing.kind === 'thing'
    ? { ...reading, subject: { ...thing, start: subject.start } }
    : reading
}

/** In `What happens when a bike comes back broken?` the bike: what an `it` of the answer means. */
export function askedThing(agent: readonly Sentence[]): readonly Word[] {
  const words = agent.at(-1)?.words ?? []
  for (let at = 0; at < words.length; at++) {
    if (!['a', 'an', 'the', 'each'].includes(words[at]?.lower ?? '')) continue
    const phrase = words.slice(at, nounPhraseEnd(words, at))
    const head = headOf(phrase)
    const names = head !== undefined && !isHuman(head.lemma) && !systemNouns.has(head.lemma)
    if (names && !emptyNouns.has(head.lemma)) return phrase
  }
  return []
}

/** `If it is not back by then, …`, `When it comes back, …`: of what was spoken of. */
export function namedInCondition(words: readonly Word[], topic: readonly Word[]): readonly Word[] {
  let from = openingEnd(words)
  while (['but', 'only', 'yes', ','].includes(words[from]?.lower ?? '')) from++
  if (topic.length === 0 || !opening.has(words[from]?.lower ?? '')) return words
  const end = words.findIndex(({ lower }, at) => at > from && lower === ',')
  const at = words.findIndex(
    ({ lower, pos }, index) =>
      index > from &&
      index < (end === -1 ? from + 6 : end) &&
      lower === 'it' &&
      pos === 'PRON' &&
      !weather.has(words[index + 1]?.lemma ?? ''),
  )
  if (at === -1) return words
  const [first, ...rest] = withoutDeterminer(topic)
  if (first === undefined) return words
  const the: Word = { text: 'the', lower: 'the', lemma: 'the', pos: 'DET', spaced: true }
  return [...words.slice(0, at), the, { ...first, spaced: true }, ...rest, ...words.slice(at + 1)]
}

const opening = wordSet('if when whenever once while')
