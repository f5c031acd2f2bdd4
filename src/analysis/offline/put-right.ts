import { phraseList } from './lexicon/word-set.ts'
import type { Sentence } from './sentences.ts'
import { phraseLength, type Word } from './words.ts'

const corrections = phraseList(
  "no\nno wait\nno , wait\nwait\nhang on\nhold on\nactually\nsorry\nwell\nor\nor rather\nrather\nbetter\nmake it\nmake that\nlet 's make it\nlet us make it\nlet 's say\nscratch that\ncorrection\n,",
)
/** One of these says that what came before is taken back. */
const taking =
  /\b(?:wait|hang on|hold on|make (?:it|that)|actually|sorry|rather|scratch that|correction|let's say)\b/i
const longest = 9

/**
 * The sentences of a turn without those that are taken back in the same breath, and those: `Fifteen
 * minutes. Hmm, make it twenty.` says twenty minutes.
 */
export function putRight(sentences: readonly Sentence[]): {
  kept: Sentence[]
  takenBack: Sentence[]
} {
  const kept: Sentence[] = []
  const takenBack: Sentence[] = []
  for (const sentence of sentences) {
    const before = kept.at(-1)
    const better = before === undefined ? undefined : corrected(before, sentence)
    if (before === undefined || better === undefined) {
      kept.push(sentence)
      continue
    }
    kept.pop()
    takenBack.push(before)
    kept.push(better)
  }
  return { kept, takenBack }
}

function corrected(before: Sentence, sentence: Sentence): Sentence | undefined {
  if (before.asks || sentence.asks || before.words.length > longest) return undefined
  if (!taking.test(sentence.quote.slice(0, 60)) || tells(before.words)) return undefined
  const from = afterAll(sentence.words)
  const stop = sentence.words.findIndex(({ pos }, at) => at > from && pos === 'PUNCT')
  const said = sentence.words.slice(from, stop === -1 ? sentence.words.length : stop)
  if (from === 0 || said.length === 0 || said.length > longest || tells(said)) return undefined
  const end = stop === -1 ? [] : sentence.words.slice(stop, stop + 1)
  return { ...sentence, words: [...withUnit(said, before.words), ...end] }
}

function afterAll(words: readonly Word[]): number {
  let at = 0
  for (;;) {
    const length = phraseLength(words, at, corrections)
    if (length === 0) return at
    at += length
  }
}

function tells(words: readonly Word[]): boolean {
  return words.some(({ pos }) => pos === 'VERB' || pos === 'AUX')
}

/** `twenty` after `fifteen minutes` is twenty minutes. */
function withUnit(said: readonly Word[], before: readonly Word[]): readonly Word[] {
  const [number] = said
  const at = before.findIndex(({ pos }) => pos === 'NUM')
  if (said.length > 1 || number?.pos !== 'NUM' || at === -1) return said
  return [...said, ...before.slice(at + 1).filter(({ pos }) => pos !== 'PUNCT')]
}
