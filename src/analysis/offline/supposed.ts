import { conditionOf, type ConditionPart } from './deeds.ts'
import { openingEnd } from './openings.ts'
import { phraseList } from './lexicon/word-set.ts'
import type { Sentence } from './sentences.ts'
import { phraseLength } from './words.ts'

const supposing = phraseList(
  'what if\nand what if\nwhat happens if\nwhat happens when\nwhat should happen if\nwhat should happen when\nwhat happens then if\nwhat do you do if\nwhat do you do when\nwhat about when\nand if\nand when',
)

/** In `What happens when an event is called off?` the case that the answer is about. */
export function supposedBy(agent: readonly Sentence[]): ConditionPart | undefined {
  const asked = agent.at(-1)
  if (asked?.asks !== true) return undefined
  const from = openingEnd(asked.words)
  const length = phraseLength(asked.words, from, supposing)
  const condition = length === 0 ? undefined : conditionOf(asked.words.slice(from + length - 1))
  return condition && { ...condition, text: condition.text.replace(/\s?\?$/, '') }
}
