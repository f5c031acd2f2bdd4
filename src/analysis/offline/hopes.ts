import { findAnchors } from './anchors.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { nounPhraseEnd } from './noun-phrase.ts'
import { phraseLength, type Word, wordOf } from './words.ts'

const pleasing = wordSet(
  'nice good great helpful useful cool handy lovely perfect better best fine ideal wonderful amazing awesome fantastic brilliant easier simpler happy glad grateful delighted neat super',
)
const hoping = phraseList(
  "would already help\n'd already help\nwould really help\nwould love it\n'd love it\nwould like it\n'd like it\nwould prefer it\n'd prefer it\nwould appreciate it\n'd appreciate it\nwould help\n'd help\nwould help us\n'd help us\nwould help me\nwould help a lot\n'd help a lot\nwould save us a lot of time\nwould make my day",
)
const being = phraseList("would be\n'd be\nwill be\n'll be\nwould already be\nwould really be")
const degrees = wordSet('much so very really even also already far a lot just quite most')
const subjects = wordSet('they he she it we i you people everybody everyone somebody nobody there')

/**
 * `It would be much better if they scanned a code` asks for what it puts as if it were so: that they
 * can scan a code. The words without the hope; the same words where nothing is hoped for.
 */
export function withoutHope(words: readonly Word[]): readonly Word[] {
  const hope = hopeIn(words)
  if (hope === undefined) return words
  const told = hopedFor(words.slice(hope.end))
  return told === undefined ? words : [...words.slice(0, hope.start), ...told]
}

/** `they scanned a code` as `they could scan a code`; undefined where nothing is put as if it were so. */
function hopedFor(told: readonly Word[]): readonly Word[] | undefined {
  const subjectEnd = subjects.has(told[0]?.lower ?? '') ? 1 : nounPhraseEnd(told, 0)
  const [first] = findAnchors(told)
  if (subjectEnd === 0) return undefined
  // `It would help if I could print a label`
  if (first !== undefined && first.start <= subjectEnd + 1) return first.able ? told : undefined
  const verb = told[subjectEnd]
  if (verb === undefined || !isPast(verb)) return undefined
  if (verb.lemma === 'be') return withBeing(told, subjectEnd)
  const base = { ...verb, text: verb.lemma, lower: verb.lemma, pos: 'VERB' }
  const could: Word = { text: 'could', lower: 'could', lemma: 'could', pos: 'AUX', spaced: true }
  return [...told.slice(0, subjectEnd), could, base, ...told.slice(subjectEnd + 1)]
}

/** `if there was a list`, `if it were shown in red`: it should be so. */
function withBeing(told: readonly Word[], at: number): readonly Word[] {
  return [...told.slice(0, at), wordOf('should', 'AUX'), wordOf('be', 'AUX'), ...told.slice(at + 1)]
}

function isPast({ lower, lemma, pos }: Word): boolean {
  if (lower === 'was' || lower === 'were') return true
  return pos === 'VERB' && lower !== lemma && !/(?:ing|s)$/.test(lower)
}

/** Where `it would be better if` stands. */
function hopeIn(words: readonly Word[]): { start: number; end: number } | undefined {
  for (let at = 0; at < Math.min(words.length, 40); at++) {
    let end = at + phraseLength(words, at, hoping)
    const be = end > at ? 0 : phraseLength(words, at, being)
    if (be > 0) {
      end = at + be
      while (degrees.has(words[end]?.lower ?? '')) end++
      if (!pleasing.has(words[end]?.lower ?? '')) continue
      end++
    }
    if (end === at || words[end]?.lower !== 'if') continue
    const who = ['it', 'that', 'i', 'we', 'which'].includes(words[at - 1]?.lower ?? '')
    const start = who ? at - 1 : at
    return { start, end: words[end + 1]?.lower === ',' ? end + 2 : end + 1 }
  }
  return undefined
}
