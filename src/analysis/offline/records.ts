import { amountIn } from './amounts.ts'
import { askedNext, askedNoun } from './asked-noun.ts'
import { fieldFrom, fieldOf, type Field } from './fields.ts'
import { havingAt, listedIn, type Topic } from './listed.ts'
import { listFrom, type ListPart } from './listing.ts'
import { optionCue, optionsAfter, optionsFrom } from './listing-options.ts'
import { nounPhraseEnd, withoutDeterminer } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import type { Sentence } from './sentences.ts'
import type { Steps } from './steps.ts'
import { textOf, type Word } from './words.ts'

/** A thing of which a client said what is to be kept. */
export interface RecordFinding {
  /** Base form of the noun: `class`. */
  noun: string
  fields: Field[]
  /** The fields in the client's words: `start time`, `number of places`. */
  said: string[]
  sentences: Sentence[]
  /** The words of the first sentence that tell a deed as well. */
  deed?: readonly Word[]
}

/** What the talk is speaking of: the thing whose fields are being listed. */
interface Focus {
  noun?: string
  record?: RecordFinding
  /** The client's sentence before this one. */
  last?: Sentence
  /** The agent has asked for fields before. */
  asking?: boolean
  /** The question only named the thing: the answer must look like fields. */
  guessed?: boolean
}

/** The things and fields that are listed in the talk's sentences, in their order. */
export function* recordsOf(sentences: readonly Sentence[]): Steps<RecordFinding[]> {
  const records: RecordFinding[] = []
  const focus: Focus = {}
  for (const sentence of sentences) {
    if (sentence.turn.role !== 'client') {
      turnTo(focus, sentence)
      continue
    }
    yield sentence.quote.length / 4
    const found = recordIn(sentence, focus)
    focus.last = sentence
    if (found === undefined) continue
    records.push(found)
    focus.record = found
    focus.noun = found.noun
  }
  return records
}

/** The agent's question says of what the client will speak. */
function turnTo(focus: Focus, { words, asks }: Sentence): void {
  delete focus.last
  delete focus.record
  const asked = askedNoun(words)
  const next = asked ?? (asks && focus.asking === true ? askedNext(words) : undefined)
  focus.guessed = asked === undefined
  focus.asking ||= asked !== undefined
  if (next === undefined) delete focus.noun
  else focus.noun = next
}

function topicOf({ noun, record, last }: Focus): Topic {
  return {
    ...(noun !== undefined && { noun }),
    listing: record !== undefined,
    afterList: last !== undefined && record?.sentences.at(-1) === last,
  }
}

function recordIn(sentence: Sentence, focus: Focus): RecordFinding | undefined {
  const { words } = sentence
  const from = openingEnd(words)
  const listed = listedIn(words, from, topicOf(focus))
  if (listed === undefined) {
    addOptions(words, from, focus, sentence)
    return undefined
  }
  const { phrases, end } = listFrom(words, listed.at)
  // `our club has thirty boats` counts; it lists nothing.
  if (phrases.some(({ words: [first] }) => first?.pos === 'NUM' && first.lower !== 'one'))
    return undefined
  // `we keep a commission of 8 percent of every sale` is money that is kept.
  if (phrases.some((part) => amountIn(part.words))) return undefined
  if (listed.goesOn === true) return extend(focus, phrases, sentence)
  const fields = phrases.flatMap((part) => fieldFrom(part) ?? [])
  if (fields.length < (listed.sure ? 1 : 2)) return undefined
  if (listed.at === from && focus.guessed === true && !looksKept(fields)) return undefined
  const record: RecordFinding = {
    noun: listed.noun,
    fields,
    said: phrases.map(nameSaid),
    sentences: [sentence],
    ...(listed.deedEnd !== undefined && { deed: words.slice(0, listed.deedEnd) }),
  }
  chooseLast(fields, optionsAfter(words, end))
  const more = restated(words, end)
  return more === undefined
    ? record
    : { ...record, fields: [...fields, ...more.fields], said: [...record.said, ...more.said] }
}

/** `Card, cash and vouchers` are no fields. */
function looksKept(fields: readonly Field[]): boolean {
  return fields.some(({ name, type }) => type !== 'text' || /^(?:name|title|phone)/.test(name))
}

/** `Oh, and the number of places.` adds to the list of the sentence before. */
function extend(focus: Focus, phrases: readonly ListPart[], sentence: Sentence): undefined {
  const { record } = focus
  if (record === undefined) return undefined
  for (const part of phrases) {
    const isTaken = (one: Field | undefined) =>
      one === undefined || record.fields.some(({ name }) => name === one.name)
    const field = [fieldFrom(part), fieldOf(part)].find((one) => !isTaken(one))
    if (field === undefined) continue
    record.fields.push(field)
    record.said.push(nameSaid(part))
  }
  record.sentences.push(sentence)
  return undefined
}

function nameSaid({ words, yesNo }: ListPart): string {
  if (yesNo === true) return `${textOf(words)} flag`
  // The list's last thing may carry what it is listed for: `the condition of each tool`.
  const each = words.findIndex(
    ({ lower }, at) => lower === 'of' && ['each', 'every'].includes(words[at + 1]?.lower ?? ''),
  )
  return textOf(withoutDeterminer(words.slice(0, each === -1 ? words.length : each)))
}

/** The values belong to the field that was named last. */
function chooseLast(fields: Field[], options: string[]): void {
  const last = fields.at(-1)
  if (last !== undefined && options.length > 0)
    fields.splice(-1, 1, { ...last, type: 'choice', options })
}

/** `… and it has a date and a status`, `… it's for one pet` later in the same sentence. */
function restated(
  words: readonly Word[],
  from: number,
): { fields: Field[]; said: string[] } | undefined {
  for (let at = from; at < words.length; at++) {
    const start = havingAt(words, at) || forAt(words, at)
    if (start === 0) continue
    const { phrases, end } = listFrom(words, start)
    const fields = phrases.flatMap((part) => fieldFrom(part) ?? [])
    chooseLast(fields, optionsAfter(words, end))
    return { fields, said: phrases.map(nameSaid) }
  }
  return undefined
}

/** `it 's for one …` */
function forAt(words: readonly Word[], at: number): number {
  const is = ["'s", 'is'].includes(words[at]?.lower ?? '') && words[at - 1]?.lower === 'it'
  const one = ['one', 'a', 'an', 'exactly'].includes(words[at + 2]?.lower ?? '')
  return is && one && words[at + 1]?.lower === 'for' ? at + 2 : 0
}

/** `that's either monthly, class card or drop-in` names the values of the field before. */
function addOptions(words: readonly Word[], from: number, focus: Focus, sentence: Sentence): void {
  const { record } = focus
  if (record === undefined) return
  const named = fieldNamed(words, from, record)
  if (named !== undefined) {
    const options = optionsFrom(words, nounPhraseEnd(words, from) + 1)
    if (options.length < 2) return
    record.fields.splice(named, 1, { ...fieldAt(record, named), type: 'choice', options })
    record.sentences.push(sentence)
    return
  }
  const last = record.fields.at(-1)
  const cue = optionCue(words, from)
  if (last === undefined || cue === 0) return
  const options = optionsFrom(words, from + cue)
  if (options.length < 2 || (last.type !== 'choice' && words[from + cue - 1]?.lower !== 'either'))
    return
  chooseLast(record.fields, options)
  record.sentences.push(sentence)
}

function fieldAt(record: RecordFinding, at: number): Pick<Field, 'name' | 'required'> {
  const field = record.fields[at]
  return { name: field?.name ?? 'value', required: field?.required ?? true }
}

/** In `The voice is soprano, alto or bass` the place of the field `voice`. */
function fieldNamed(
  words: readonly Word[],
  from: number,
  record: RecordFinding,
): number | undefined {
  const end = nounPhraseEnd(words, from)
  const name = withoutDeterminer(words.slice(from, end))[0]?.lower
  const or = words.some(({ lower }) => lower === 'or')
  const at = record.fields.findIndex((field) => field.name === name)
  return words[end]?.lower === 'is' && or && at !== -1 ? at : undefined
}
