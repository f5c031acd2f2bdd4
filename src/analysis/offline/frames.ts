import { asksOfToday, tellsOfToday } from './goals.ts'
import { phraseList } from './lexicon/word-set.ts'
import type { Sentence } from './sentences.ts'
import { phraseLength } from './words.ts'

const wishing =
  /\b(?:should|shall|could|must|would|will|may|want|wish|need|like|have in mind|imagine|picture|expect|ideal|ideally|allowed|supposed|what happens|happens then|what if|what about)\b/i
/** When the work is needed, and what it may cost. */
const dating =
  /\bwhen (?:would|do|should|must|will|can) (?:you|it|this|that|we)\b|\b(?:deadline|budget|timeline|how soon|how urgent|by when|spend|cost)\b/i
const continuing = phraseList(
  'and then\nand after\nand afterwards\nand what then\nwhat then\nand if\nand when\nwhat else\nanything else\nand else\ngo on\nand',
)

/**
 * Whether the agent asks how it shall be, so that what is told in the present answers that: `What should
 * happen if nobody signs? – The manager hears about it.` A short `And then?` goes on with what was asked before.
 */
export function asksForWish(sentences: readonly Sentence[], before: boolean): boolean {
  const asked = sentences.findLast(({ asks }) => asks) ?? sentences.at(-1)
  if (asked === undefined) return before
  if (sentences.some(({ words }) => tellsOfToday(words) || asksOfToday(words))) return false
  if (dating.test(asked.quote)) return false
  if (wishing.test(asked.quote)) return true
  const short = asked.words.length < 6
  return short && phraseLength(asked.words, 0, continuing) > 0 ? before : false
}
