import { fillers } from './lexicon/speech.ts'

/** `what we do need is a list` says that we need a list. */
const wished =
  /\b(?:what|all|the only thing) (i|we)(?:'d| would)?(?: really| do| just)? (?:need|want|like)(?: to have)? is(?= (?:like )?(?:a|an|the|some|more|one)\b)/gi

/** `What the manager wants is a weekly overview` */
const wishedByOne =
  /\bwhat ((?:the|our|my) [a-z]{2,20}) (?:really )?(wants|needs) is (?=(?:a|an|the|to)\b)/gi

/** `a an inventory`, `the a list`: begun anew. */
const twoArticles = /\b(?:a|an|the) (?=(?:an?|the|my|our|your|their|his|her) \p{L})/giu

/** `What we are missing is a way to pay` says that we need it. */
const missed =
  /\bwhat(?:'s| is|'re| are)?(?: (?:we|i)(?:'re|'m| are| am))? (?:still )?missing(?: most| now)? is(?= (?:a|an|the|some|that)\b)/gi

/** `What visitors ask for is to pick their seats` says that they want to. */
const wishedByOthers =
  /\bwhat (they|people|(?:(?:the|our|my) )?[a-z]{3,20}s) (?:really |always |mostly )?(?:ask(?: us)? for|want|need|miss|would like|keep asking for)(?: most| now)? is (to|that they can|that they)(?= )/gi

/** `What I picture is that a patient picks …`, `My dream would be that …` */
const pictured =
  /\b(?:what (?:i|we)(?:'m|'re| am| are|'ve| have|'d| would)?(?: really| always)? (?:picture|imagine|envisage|see|want|need|like|love|hope for|wish for|dream of|have in mind|had in mind|got in mind|got|thought of|were thinking|after|hoping for|looking for)(?: instead| there| now)?|(?:my|our|the) (?:idea|dream|hope|wish|plan|thought|vision))(?: is|'s| was| would be)(?: that,?|,)(?= \p{L})/giu

/** `It must be possible to undo an import` */
const possible =
  /\bit (?:must|should|has to|needs to|ought to|would have to) (?:also |always )?be possible to (?=[a-z])/gi

/** `Could you make it so that the accountant gets a copy?` asks for the copy. */
const madeSo =
  /\b(?:can|could|would|will) (?:you|we|it) (?:please |maybe )?(?:make it so(?: that)?|make sure(?: that)?|see to it that|arrange(?: it so)? that|have it so that) (?=(?:the|a|an|our|my|every|each|all|people|everyone|they|nobody)\b)/giu

/** `She would be glad of an export`, `we could do with a list` says that they would like one. */
const welcome =
  /(?:'d| would) be (?:very |really |quite )?(?:glad|happy|grateful|thankful|pleased|delighted) (?:of|with|about|for|to have|to get|to see)(?= (?:a|an|the|some|any|more)\b)|\b(?:could|can) (?:really )?(?:do with|use)(?= (?:a|an|some|more)\b)|(?:'m|'re|'s| am| are) (?:really )?(?:after|hoping for|keen on|dying for|longing for)(?= (?:a|an|some)\b)/gi

/**
 * What a sentence says without the marks of speech: no `uh`, no `you know`, no words said twice,
 * no transcriber's marks such as `[laughs]`.
 */
export function cleanSpeech(sentence: string): string {
  const marksGone = sentence
    .replace(/\[[^\][]{0,40}\]|\{[^{}]{0,40}\}|<[^<>]{0,40}>|\*{2,40}/g, ' ')
    .replace(/\b(?:[A-Z]\. ?){2,6}/g, (letters) => `${letters.replace(/[. ]/g, '')} `)
    .replace(/\bas soon as\b/gi, 'when')
    .replace(
      /^(?:but )?what (?:i|we) (?:don't|do not) want is (?=(?:any )?\p{L}+s\b|an? )/iu,
      'no ',
    )
    .replace(/\b(?:as long as|so long as)\b/gi, 'while')
    .replace(
      /\b(?:provided|assuming)(?: that)?(?= (?:the|a|they|it|he|she|nobody|there)\b)/gi,
      'if',
    )
    .replace(/\boutside of\b/gi, 'outside')
    .replace(
      /\b(?:except for|apart from|aside from|other than)\b(?= (?:the|a|an|our|my)\b)/gi,
      'except',
    )
    .replace(
      /\btell (?:the (?:thing|system|app|program|website)|it) (?=(?:which|what|when|how|whether|where)\b)/gi,
      'enter ',
    )
    .replace(possible, 'we can ')
    .replace(madeSo, 'the idea is that ')
    .replace(/\bwanna\b/gi, 'want to')
    .replace(/\b(?:gotta|got to)\b/gi, 'have to')
    .replace(/\b(?:have|has|'ve|'s) have to\b/gi, ' have to')
    .replace(pictured, 'the idea is that')
    .replace(welcome, ' would like')
    .replace(wished, '$1 need')
    .replace(wishedByOne, '$1 $2 ')
    .replace(wishedByOthers, '$1 want to')
    .replace(missed, 'we need')
    // What is quoted is said as well.
    .replace(/[“”"]/g, '')
    .replace(/[‘’]/g, "'")
  const tokens = marksGone.split(/\s+/).filter((token) => token !== '')
  const spoken = dropRepeats(closeGaps(dropPhrases(dropStutters(dropFillers(tokens)))))
  return tidy(spoken.join(' ').replace(twoArticles, ''))
}

function bare(token: string | undefined): string {
  const lower = (token ?? '').toLowerCase()
  return /[\p{L}\p{N}'’]$/u.test(lower) ? lower : lower.replace(/[.,!?;:…"-]{1,9}$/, '')
}

function dropFillers(tokens: readonly string[]): string[] {
  const kept: string[] = []
  for (const token of tokens) {
    const last = kept.at(-1)
    if (!fillers.has(bare(token))) kept.push(token)
    else if (last !== undefined && /[.?!]$/.test(token)) kept.splice(-1, 1, last + token.slice(-1))
    // The commas of `must, uh, be` belong to the pause.
    else if (last?.endsWith(',') && token.endsWith(',')) kept.splice(-1, 1, last.slice(0, -1))
  }
  return kept
}

const shortWords = new Set(
  'a i an as at be by do go he if in is it me my no of on or so to up us we per the and for not can see set pay add new out use web app one two all any her his our who how has had over may end key top low day off own'.split(
    ' ',
  ),
)

/** `a bu button`: a piece of the word that follows. */
function dropStutters(tokens: readonly string[]): string[] {
  return tokens.filter((token, index) => {
    const next = bare(tokens[index + 1])
    const piece = /^[a-z]{1,3}$/.test(token) && !shortWords.has(token)
    return !(piece && next.length >= token.length + 2 && next.startsWith(token))
  })
}

/** Phrases that fill a pause, and how many words they have. */
const pauses: readonly (readonly [phrase: string, length: number])[] = [
  ['you know', 2],
  ['i mean', 2],
  ['i guess', 2],
  ['i would say', 3],
  ["i'd say", 2],
  ["let's say", 2],
  ['whatever', 1],
  ['basically', 1],
  ['actually', 1],
  ['and things like that', 4],
  ['things like that', 3],
  ['and stuff like that', 4],
  ['and so on', 3],
  ['or something like that', 4],
  ['or something', 2],
  ['or anything like that', 4],
  ['or anything', 2],
  ['or whatever', 2],
  ['etc', 1],
  ['after all', 2],
  ['of course', 2],
  ['what is it', 3],
  ["what's it called", 3],
  ['what do you call it', 5],
  ['how do you say', 4],
]
/** The pauses by their first word: most words begin none. */
const pausesOf = Map.groupBy(
  pauses.map(([phrase, length]) => ({ words: phrase.split(' '), phrase, length })),
  ({ words: [first] }) => first,
)
const subordinating = new Set([
  'what',
  'when',
  'where',
  'how',
  'who',
  'if',
  'that',
  'do',
  'did',
  'to',
  'which',
  'let',
])

function dropPhrases(tokens: readonly string[]): string[] {
  const kept: string[] = []
  let index = 0
  while (index < tokens.length) {
    const length = pauseLength(tokens, index, kept)
    const skip = length > 0 ? length : hedgeLength(tokens, index)
    if (skip === 0) kept.push(tokens[index] ?? '')
    else closeWith(kept, tokens[index + skip - 1] ?? '')
    index += Math.max(1, skip)
  }
  return kept
}

/** Keeps the full stop or comma of what is dropped. */
function closeWith(kept: string[], dropped: string): void {
  const mark = /[.?!,]$/.exec(dropped)?.[0]
  const last = kept.pop()
  if (last !== undefined) kept.push(mark === undefined || /[.?!,]$/.test(last) ? last : last + mark)
}

function pauseLength(tokens: readonly string[], index: number, kept: readonly string[]): number {
  const found = pausesOf
    .get(bare(tokens[index]))
    ?.find(({ words }) => words.every((word, offset) => bare(tokens[index + offset]) === word))
  if (found === undefined) return isLoneLike(tokens, index, kept) ? 1 : 0
  const { phrase, length } = found
  // `Of course.` is an answer.
  if ((phrase === 'of course' || phrase === 'what is it') && kept.length < 3) return 0
  // `you know when it starts` is no pause.
  if (phrase === 'you know' && subordinating.has(bare(tokens[index + length]))) return 0
  return length
}

function isLoneLike(tokens: readonly string[], index: number, kept: readonly string[]): boolean {
  const last = kept.at(-1)
  if (bare(tokens[index]) === 'well') return isBetweenCommas(tokens[index] ?? '', last)
  if (bare(tokens[index]) !== 'like') return false
  // `I'd like every maid to …`
  if (/(?:'d|^would|^do|^don't)$/.test(bare(last))) return false
  // `like two weeks`, `like immediately`
  if (
    /^(?:\d+|one|two|three|four|five|six|seven|eight|ten|immediately|every|each|really)$/.test(
      bare(tokens[index + 1]),
    )
  )
    return true
  if (['to', 'with', 'for', 'of', 'about', 'in'].includes(bare(last))) return true
  return isBetweenCommas(tokens[index] ?? '', last)
}

function isBetweenCommas(token: string, last: string | undefined): boolean {
  return token.endsWith(',') && (last === undefined || last.endsWith(','))
}

/** `move it to, to another day`: nothing stands apart after these. */
const openEnds = new Set(['to,', 'a,', 'an,', 'the,', 'of,', 'every,', 'each,'])

function closeGaps(tokens: readonly string[]): string[] {
  return tokens.map((token) => (openEnds.has(token.toLowerCase()) ? token.slice(0, -1) : token))
}

/** `some kind of policy` says `some policy`; `what kind of policy` does not. */
function hedgeLength(tokens: readonly string[], index: number): number {
  const [kind, of] = [bare(tokens[index]), bare(tokens[index + 1])]
  if ((kind !== 'kind' && kind !== 'sort') || of !== 'of') return 0
  const before = bare(tokens[index - 1])
  if (['a', 'an', 'the'].includes(bare(tokens[index + 2]))) return 2
  return ['some', 'kinda', 'just', 'is', 'be', 'are'].includes(before) ? 2 : 0
}

/** Words, and runs of two or three words, that are said twice at once. */
function dropRepeats(tokens: readonly string[]): string[] {
  const kept: string[] = []
  const said: string[] = []
  for (const token of tokens) {
    kept.push(token)
    said.push(bare(token))
    for (const size of [4, 3, 2, 1]) {
      if (!endsTwice(said, size)) continue
      kept.splice(kept.length - 2 * size, size)
      said.splice(said.length - 2 * size, size)
    }
  }
  return kept
}

function endsTwice(said: readonly string[], size: number): boolean {
  const start = said.length - size
  if (start < size) return false
  for (let at = start; at < said.length; at++) if (said[at] !== said[at - size]) return false
  return said.slice(start).some((word) => /[a-z]/.test(word))
}

function tidy(text: string): string {
  return text
    .replace(/^[\s,.;:…-]{1,20}/, '')
    .replace(/ ,/g, ',')
    .replace(/,{2,}/g, ',')
    .trim()
}
