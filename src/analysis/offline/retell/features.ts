import { findWording } from '../../../kiro/lint/wording.ts'
import { findAnchors } from '../anchors.ts'
import type { Statement } from '../finish.ts'
import { contentWords } from '../findings.ts'
import { actionVerbs, systemVerbs, talkVerbs } from '../lexicon/verbs.ts'
import { wordSet } from '../lexicon/word-set.ts'
import type { State } from '../scan-state.ts'
import type { Sentence } from '../sentences.ts'
import type { Word } from '../words.ts'
import { subjectKind } from './actor-of.ts'
import { partsOf, type ClauseParts } from './clause-parts.ts'

/** A clause with what was said around it, and what it was told again as. */
export interface Weighed {
  state: State
  sentence: Sentence
  clause: readonly Word[]
  parts: ClauseParts
  statement: Statement
  /** The clause's place in its sentence. */
  place: number
}

type Feature = readonly [name: string, holds: boolean]

const feeling = wordSet(
  'pain nightmare mess trouble problem wall hate honestly luckily unfortunately nobody crazy mad fault',
)
const lasting = wordSet(
  'every each once daily weekly monthly automatically immediately always away',
)
const denials = wordSet('never no nobody none')

/** How the features begin that tell of words which can be read in more than one way. */
export const vagueMark = 'wording'

/** What speaks for and against that a clause asks for something. */
export function featuresOf(weighed: Weighed): string[] {
  const { parts } = weighed
  const all = [
    ...ofParts(parts, weighed),
    ...ofWords(parts, weighed),
    ...ofPlace(weighed),
    ...ofTalk(parts, weighed),
  ]
  return all.filter(([, holds]) => holds).map(([name]) => name)
}

/** How it is said: by which subject, verb and modal, in which frame. */
function ofParts(parts: ClauseParts, { state, statement }: Weighed): Feature[] {
  const { modal, form, verb, negated, only, condition } = parts
  const kind = subjectKind(parts.subject)
  const frame = state.today ? 'today' : state.framed ? 'framed' : 'free'
  const isCase = statement.clause.condition !== undefined || condition !== undefined
  return [
    [`modal ${modal}`, true],
    [`form ${form}`, true],
    [`subject ${kind}`, true],
    [`verb ${verbKind(verb)}`, true],
    [`frame ${frame}`, true],
    [`modal ${modal} subject ${kind}`, true],
    [`modal ${modal} frame ${frame}`, true],
    [`subject ${kind} frame ${frame}`, modal === 'none'],
    [`actor ${actorKind(statement.text)}`, true],
    ['negated', negated],
    ['only', only],
    ['case', isCase],
    ['case told', isCase && modal === 'none'],
    ['by us', kind === 'speaker' && modal === 'none'],
  ]
}

/** Which words it has. */
function ofWords({ modal }: ClauseParts, { clause, statement }: Weighed): Feature[] {
  const lower = clause.map((word) => word.lower)
  const has = (words: ReadonlySet<string>) => lower.some((word) => words.has(word))
  const length = contentWords(statement.text).length
  return [
    ['never or no', has(denials)],
    ['always', has(lasting)],
    ['feeling', has(feeling)],
    ['amount', clause.some(({ pos }) => pos === 'NUM')],
    ['short', length < 4],
    ['long', length > 10],
    ['very long', length > 15],
    ['points', /\b(?:it|that|this|they|them|there|those|he|she)\b/i.test(statement.text)],
    ['because', lower.includes('because')],
    ...findWording(statement.text).map(({ smell }): Feature => [`${vagueMark} ${smell}`, true]),
    ['i', lower.includes('i')],
    ['i tell', lower.slice(0, 3).includes('i') && modal === 'none'],
    ['they', lower.includes('they')],
    ['so', lower[0] === 'so'],
    ['but', lower[0] === 'but'],
  ]
}

/** Where it stands in its sentence and turn. */
function ofPlace({ state, sentence, clause, place }: Weighed): Feature[] {
  const before = state.recent.filter(({ at }) => at === sentence.at).length
  return [
    ['first', before === 0],
    ['later', before > 2],
    ['first clause', place === 0],
    ['last clause', clause.at(-1) === sentence.words.at(-1)],
    ['whole sentence', clause.length >= sentence.words.length - 2],
    ['question', sentence.tentative],
    ['put together', partsOf(clause) === undefined],
  ]
}

/** What was asked, and what is wished for around it. */
function ofTalk({ modal }: ClauseParts, { state, sentence }: Weighed): Feature[] {
  const asked = state.agent.at(-1)?.quote.toLowerCase() ?? ''
  const told = modal === 'none'
  const turn = state.recent.filter(({ at }) => at === sentence.at)
  return [
    ['in use', state.inUse],
    ['of defect', state.ofDefect],
    ['wishing sentence', told && wishes(sentence.words)],
    ['wishing turn', told && turn.some(({ words }) => wishes(words))],
    [
      'asked what happens',
      /\bwhat (?:happens|should|would|will|becomes|do)|\bhow (?:should|would|do|does|are|is)/.test(
        asked,
      ),
    ],
    ['asked about', /\b(?:what about|anything|is there|are there)\b/.test(asked)],
    ['asked of now', ofNow.test(asked)],
    ['tells of now', ofNow.test(sentence.quote)],
  ]
}

const ofNow = /\b(?:now|today|at present|at the moment|currently|so far)\b/i

function verbKind({ lemma }: Word): string {
  if (lemma === 'be' || lemma === 'have' || lemma === 'get') return lemma
  if (systemVerbs.has(lemma)) return 'system'
  if (actionVerbs.has(lemma)) return 'action'
  return talkVerbs.has(lemma) ? 'talk' : 'other'
}

function actorKind(text: string): string {
  const main = text.replace(/^(?:If|When|While) [^,]{1,200}, /, '').toLowerCase()
  return /^(?:the )?(system|business|users)\b/.exec(main)?.[1] ?? 'named'
}

function wishes(words: readonly Word[]): boolean {
  return findAnchors(words).some(({ wish, duty, force }) => wish || duty || force === 'must')
}
