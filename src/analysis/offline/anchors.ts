import { phraseList } from './lexicon/word-set.ts'
import { phraseLength, type Word } from './words.ts'

/** How strongly something was asked for. */
export type Force = 'must' | 'should' | 'could'

/** The words that make a sentence a need, wish or permission: `must`, `would like to`. */
export interface Anchor {
  start: number
  /** Where the deed begins (exclusive end of the anchor). */
  end: number
  force: Force
  /** `can`, `be able to`: a possibility for someone. */
  able: boolean
  /** `have to`, `must`: a duty. */
  duty: boolean
  /** `want`, `would like`: what follows may be `X to do Y` or a thing. */
  wish: boolean
  negated: boolean
  /** `can only`: nothing else is allowed. */
  only: boolean
}

type Step = Partial<Pick<Anchor, 'force' | 'able' | 'duty' | 'wish' | 'negated'>>

const first: readonly (readonly [string, Step])[] = [
  [
    "would like\n'd like\nwould love\n'd love\n'll like\nwill like\nwish\nwould appreciate\n'd appreciate\nexpect\nexpects\nwould expect\n'd expect\nprefer\nwould prefer\n'd prefer\n'll prefer\nwant\nwants",
    { force: 'should', wish: true },
  ],
  ['need\nneeds\nwould need\nwill need\nrequire\nrequires', { force: 'must', wish: true }],
  [
    "must\nshall\nhave to\nhas to\nwill have to\n'll have to\nmust have to",
    { force: 'must', duty: true },
  ],
  ["need to\nneeds to\nwould need to\nwill need to\n'll need to", { force: 'must', duty: true }],
  [
    "should\nought to\nis supposed to\nare supposed to\n's supposed to\n're supposed to\nis meant to\nare meant to",
    { force: 'should' },
  ],
  // What is to be done; `the goal is to sell` is none.
  ['is to be\nare to be', { force: 'must', duty: true }],
  [
    "can\nca\nmay\n're able to\n'm able to\n's able to\n're allowed to\n'm allowed to\n's allowed to\nis able to\nare able to\nhas the ability to\nhave the ability to\nhas the option to\nhave the option to\nis allowed to\nare allowed to\nget to\ngets to",
    { force: 'should', able: true },
  ],
  [
    "'re not allowed to\n'm not allowed to\n's not allowed to\nis not allowed to\nare not allowed to\nis n't allowed to\nare n't allowed to\nis not able to\nare not able to",
    { force: 'must', able: true, negated: true },
  ],
  ['could\nmight', { force: 'could', able: true }],
  ["will\n'll\nwould\n'd\nwo", { force: 'should' }],
]
const more: readonly (readonly [string, Step])[] = [
  [
    'be able to\nto be able to\nbe allowed to\nhave the ability to\nhave the option to\nhave the possibility to\nhave a way to\nhave an option to\nhave the chance to',
    { able: true },
  ],
  ['have to\nneed to', { force: 'must', duty: true }],
  ['like to\nlove to\nwant to\nlike\nlove', { wish: true }],
]

interface CuedStep {
  phrase: readonly string[]
  step: Step
}

/** The steps by their first word, the longest phrase first. */
function compile(
  table: readonly (readonly [string, Step])[],
): ReadonlyMap<string, readonly CuedStep[]> {
  const all = table
    .flatMap(([lines, step]) =>
      lines.split('\n').map((line) => ({ phrase: line.split(' '), step })),
    )
    .sort((a, b) => b.phrase.length - a.phrase.length)
  return Map.groupBy(all, ({ phrase: [first] }) => first ?? '')
}

function stepAt(
  words: readonly Word[],
  at: number,
  steps: ReadonlyMap<string, readonly CuedStep[]>,
): CuedStep | undefined {
  return steps
    .get(words[at]?.lower ?? '')
    ?.find(({ phrase }) => phrase.every((part, offset) => words[at + offset]?.lower === part))
}

const firstSteps = compile(first)
const moreSteps = compile(more)
const negations = phraseList("not\nn't\nnever\nno longer")
const between = new Set([
  'also',
  'really',
  'probably',
  'just',
  'then',
  'always',
  'definitely',
  'actually',
  'maybe',
  'still',
  'ideally',
  'certainly',
  'only',
  'even',
  'all',
  'both',
  'as',
  'well',
  'at',
  'least',
  'automatically',
  'simply',
  'easily',
])

/** Every place where a need, wish or permission is said, from left to right. */
export function findAnchors(words: readonly Word[]): Anchor[] {
  const anchors: Anchor[] = []
  let index = 0
  while (index < words.length) {
    const anchor = anchorAt(words, index)
    if (anchor !== undefined) anchors.push(anchor)
    index = anchor?.end ?? index + 1
  }
  return anchors
}

function anchorAt(words: readonly Word[], start: number): Anchor | undefined {
  // `do not want`, `does n't need`
  const doing = ['do', 'does', 'did'].includes(words[start]?.lower ?? '')
    ? phraseLength(words, start + 1, negations)
    : 0
  const at = doing > 0 ? start + 1 + doing : start
  const found = stepAt(words, at, firstSteps)
  if (found === undefined || isNounUse(words, at, found.phrase)) return undefined
  const anchor: Anchor = {
    start,
    end: at + found.phrase.length,
    force: 'should',
    able: false,
    duty: false,
    wish: false,
    negated: doing > 0,
    only: false,
    ...found.step,
  }
  extend(words, anchor)
  return anchor
}

/** `a need`, `the can`, `what I want` as a noun is no anchor. */
function isNounUse(words: readonly Word[], at: number, phrase: readonly string[]): boolean {
  const word = words[at]
  if (phrase.length > 1 || word === undefined || word.pos === 'AUX' || word.pos === 'VERB')
    return false
  const before = words[at - 1]
  return before !== undefined && (before.pos === 'DET' || before.pos === 'ADJ')
}

/** Takes in negation, adverbs and further steps: `should not be able to`. */
function extend(words: readonly Word[], anchor: Anchor): void {
  for (;;) {
    const no = phraseLength(words, anchor.end, negations)
    if (no > 0) {
      anchor.negated = true
      anchor.end += no
      continue
    }
    const step = stepAt(words, anchor.end, moreSteps)
    if (step !== undefined) {
      Object.assign(anchor, step.step)
      anchor.end += step.phrase.length
      continue
    }
    if (!between.has(words[anchor.end]?.lower ?? '')) return
    anchor.only ||= words[anchor.end]?.lower === 'only'
    anchor.end++
  }
}
