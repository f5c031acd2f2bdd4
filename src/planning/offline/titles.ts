import type { BriefItem } from '../../domain/brief.ts'
import { capitalised } from '../../kiro/english.ts'
import { inline, plainLine } from '../../kiro/inline.ts'
import { lowerFirst, withoutStop } from './sentence.ts'
import type { Sentence } from './sentence.ts'

const MAX_TITLE = 90

/**
 * A short title in the imperative: `Book a class on their phone`. What must not happen, and what no
 * verb was found for, keeps the statement's own words.
 */
export function titleOf(item: BriefItem, { subject, verb, tail }: Sentence): string {
  const negated = item.clause?.negated === true || /^only\s/i.test(subject)
  const actor = item.clause?.actor !== undefined
  const isSystem = /^(?:the|this) (?:system|software|app|application)$/i.test(subject)
  if (verb === '' || verb === 'be' || negated || (!actor && !isSystem)) {
    return shortened(capitalised(withoutStop(inline(item.statement, 300)))) || item.id
  }
  const news = /^(?:get|receive)$/.test(verb)
  const core = news ? `send ${lowerFirst(subject)} ${tail}` : `${verb} ${tail}`
  const condition = item.clause?.condition
  const when = condition ? ` ${condition.kind} ${inline(condition.text, 120)}` : ''
  return shortened(capitalised(`${core}${when}`.trim()))
}

/** Cut at a word; a backslash that escapes nothing any more is taken away. */
function shortened(text: string): string {
  return plainLine(text, MAX_TITLE).replace(/\\+(?=…$)/, '')
}
