import { isHuman, wholeSoftware } from './lexicon/nouns.ts'
import { phraseList, wordSet } from './lexicon/word-set.ts'
import { headOf, isNoun, nounPhraseEnd, withoutDeterminer } from './noun-phrase.ts'
import { openingEnd } from './openings.ts'
import type { Sentence } from './sentences.ts'
import { phraseLength, textOf, type Word } from './words.ts'

const running = phraseList(
  'we run\ni run\nwe own\ni own\nwe manage\ni manage\nwe operate\ni operate\ni am running\nwe are running',
)
const being = phraseList("we have\ni have\nwe are\nwe 're\nwe 've got\ni 've got")
const businesses = wordSet(`
  shop store studio salon clinic practice surgery school academy college university kindergarten
  nursery daycare club gym centre center restaurant café cafe bar pub bakery brewery winery vineyard
  hotel hostel inn guesthouse campsite agency company firm business startup association society
  charity foundation trust church parish library museum gallery theatre theater cinema farm garden
  garage workshop office pharmacy station marina harbour kennel shelter zoo park pool spa laundry
  market dealership warehouse factory plant mill yard brigade choir orchestra band cooperative
  collective network council municipality hospital lab laboratory consultancy service rental hire
  wash courier hall venue festival magazine newspaper chain boutique bookshop bank union league
  federation bureau depot fleet hairdresser florist institute home cooperative troupe surgery
`)
const noBusiness = wordSet('problem question idea meeting list page spreadsheet database plan')

/** What a client runs. */
export interface Business {
  /** As said: `a small yoga studio`. */
  said: string
  /** What it is called by: `yoga studio`. */
  core: string
}

/** What the client runs, as said early in the talk. */
export function businessIn(sentences: readonly Sentence[]): Business | undefined {
  for (const { words, turn } of sentences.slice(0, 40)) {
    const found = turn.role === 'client' ? businessAt(words, openingEnd(words)) : undefined
    if (found !== undefined) return found
  }
  return businessAsked(sentences)
}

/** `Tell me about your driving school.`: the agent knows it already. */
function businessAsked(sentences: readonly Sentence[]): Business | undefined {
  for (const { words, turn } of sentences.slice(0, 8)) {
    const at = turn.role === 'agent' ? words.findIndex(({ lower }) => lower === 'your') : -1
    const phrase = at === -1 ? [] : words.slice(at + 1, nounPhraseEnd(words, at))
    const head = headOf(phrase)
    if (head === undefined || phrase.at(-1) !== head || !isBusiness(head)) continue
    const core = textOf(phrase.filter(({ pos, lower }) => pos !== 'ADJ' || lower === head.lower))
    return { said: `a ${textOf(phrase)}`, core }
  }
  return undefined
}

function businessAt(words: readonly Word[], from: number): Business | undefined {
  const runs = phraseLength(words, from, running)
  const start = from + (runs || phraseLength(words, from, being))
  const phrase = withoutTag(words.slice(start, endOf(words, start)))
  const head = headOf(phrase)
  if (start === from || head === undefined || phrase[0]?.pos !== 'DET' || phrase.length > 7)
    return undefined
  const counted = phrase.some(({ pos }) => pos === 'NUM')
  const excluded =
    isHuman(head.lemma) || wholeSoftware.has(head.lemma) || noBusiness.has(head.lemma) || counted
  if (excluded || (runs === 0 && !isBusiness(head))) return undefined
  const bare = withoutDeterminer(phrase)
  const joined = bare.some(({ lower }) => lower === 'of' || lower === 'and')
  return { said: textOf(phrase), core: textOf(joined ? bare : bare.filter(isNoun)) }
}

function isBusiness({ lemma }: Word): boolean {
  return businesses.has(lemma) || /(?:shop|store|house|works)$/.test(lemma)
}

/** After `a bed and breakfast`; in `a shop and a café` after the shop. */
function endOf(words: readonly Word[], start: number): number {
  const end = nounPhraseEnd(words, start)
  const more = words[end]?.lower === 'and' && isNoun(words[end + 1]) ? end + 2 : end
  const next = words[more]
  const closes = next === undefined || ['PUNCT', 'ADP', 'CCONJ', 'SCONJ'].includes(next.pos)
  return more > end && closes && end > start ? more : end
}

/** `a fire brigade, right`: without what only seeks assent. */
function withoutTag(phrase: readonly Word[]): readonly Word[] {
  return phrase.at(-1)?.lower === 'right' ? phrase.slice(0, -1) : phrase
}
