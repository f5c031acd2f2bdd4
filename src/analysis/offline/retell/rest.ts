import type { ConditionPart } from '../deeds.ts'
import { trimEnd } from '../deeds.ts'
import { phraseList, wordSet } from '../lexicon/word-set.ts'
import { phraseLength, textOf, type Word } from '../words.ts'

const idle = wordSet(
  'just really basically obviously maybe probably please somehow simply themselves honestly actually though too also mostly easily yes exactly straight',
)
const reasons = phraseList(
  "because\nsince the\nsince we\nsince they\nso that\nso i\nso we\nso they\nlike i\nas i said\ni think\ni guess\ni suppose\nor something\nand many other things\nand other things\nand so on\nand so forth\nand such\nand stuff\nor so\nor whatever\nif you like\nthat 's\nwhich is\nwhich i\nwhich we\nwhich would\nwhich was\ninstead of",
)
const asking = wordSet('see check know decide ask tell show verify find say and or hear')
const cases: ReadonlyMap<string, ConditionPart['kind']> = new Map([
  ['if', 'if'],
  ['when', 'when'],
  ['whenever', 'when'],
  ['once', 'when'],
])

/** What follows a verb, without what gives reasons, and the case that it ends with. */
export function restOf(
  words: readonly Word[],
  verb: Word,
): { rest: readonly Word[]; condition?: ConditionPart } {
  const told = withoutAsides(words)
  const at = caseAt(told, verb)
  const inner = at === -1 ? [] : trimEnd(told.slice(at + 1))
  const kind = cases.get(told[at]?.lower ?? '')
  const before = at === -1 || kind === undefined ? told : told.slice(0, at)
  const rest = trimmed(before.filter((word, index) => !isIdle(word, before[index + 1])))
  return kind === undefined || inner.length < 2
    ? { rest }
    : { rest, condition: { kind, text: textOf(inner).slice(0, 500) } }
}

const particles = wordSet('in out up off down over back away on')

/** Without words that wait for something, but with the small word of a verb: `types it in`. */
function trimmed(words: readonly Word[]): readonly Word[] {
  const told = trimEnd(words)
  const next = words[told.length]
  return next !== undefined && particles.has(next.lower) && next.pos === 'ADP'
    ? words.slice(0, told.length + 1)
    : told
}

function isIdle({ lower }: Word, next: Word | undefined): boolean {
  // `straight away`
  return lower === 'straight' ? next?.lower !== 'away' : idle.has(lower)
}

/** `a board, like an airport, where …`: without what only likens it, up to where another thought begins. */
function withoutAsides(words: readonly Word[]): readonly Word[] {
  const at = words.findIndex(
    ({ lower }, index) => lower === ',' && asides.has(words[index + 1]?.lower ?? ''),
  )
  const end = tellingEnd(words)
  if (at === -1 || at > end) return words.slice(0, end)
  const next = words.findIndex(({ lower }, index) => index > at + 1 && lower === ',')
  const said = words[at + 1]?.lower === 'say' ? words.slice(at + 2) : []
  const rest =
    said.length > 0
      ? [...words.slice(at, at + 1), ...said]
      : next === -1
        ? []
        : words.slice(next + 1)
  return withoutAsides([...words.slice(0, at), ...rest])
}

const asides = wordSet('like say')

/** Where a reason, an aside or another thought begins. */
function tellingEnd(words: readonly Word[]): number {
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (word === undefined) return at
    if (/^[.?!;:—–"()]$/.test(word.text) || word.text === '...') return at
    if (at > 0 && phraseLength(words, at, reasons) > 0) return at
    if (word.lower === ',' && !goesOn(words, at + 1)) return at
    if (word.lower === 'but') return at
  }
  return words.length
}

const joining = wordSet(
  'and or with without by on in at for from to per within including as only even the a an one two three four five six seven eight nine ten every each before after until',
)

/** `…, on a tablet`, `…, four weeks before`: said of the same deed. */
function goesOn(words: readonly Word[], at: number): boolean {
  const word = words[at]
  if (word === undefined) return false
  if (word.lower === 'not') return false
  if (joining.has(word.lower) || ['NUM', 'ADP', 'DET', 'ADJ', 'NOUN', 'CCONJ'].includes(word.pos)) {
    const next = words.slice(at, at + 7)
    const stop = next.findIndex(({ lower }) => lower === ',')
    const part = stop === -1 ? next : next.slice(0, stop)
    return !part.some(({ pos, lower }) => pos === 'AUX' || lower === 'i' || lower === 'we')
  }
  return false
}

const open = wordSet('from of about by since until for')

/** Where `if …`, `when …` stands at the end, and is no question that is asked. */
function caseAt(words: readonly Word[], verb: Word): number {
  return words.findIndex(({ lower }, at) => {
    if (!cases.has(lower)) return false
    const before = words[at - 1] ?? verb
    const counts =
      lower === 'once' && ['a', 'every', 'per', 'again'].includes(words[at + 1]?.lower ?? '')
    const tells = words.slice(at + 1).some(({ pos }) => pos === 'VERB' || pos === 'AUX')
    return tells && !counts && !asking.has(before.lemma) && !open.has(before.lower)
  })
}
