import { oneLine } from './lines.ts'
import type { UserStory } from './tree.ts'

/**
 * The parts of `**User Story:** As a role, I want …, so that ….`; undefined when there is no role or
 * no wish. A story without a benefit has an empty one. `want` keeps its "to".
 */
export function parseUserStory(paragraph: string): UserStory | undefined {
  const label = /^\*\*User Story(?::\*\*|\*\*:?)/i.exec(paragraph)?.[0]
  if (label === undefined) return undefined
  const [before, after] = cut(oneLine(paragraph.slice(label.length)), ' I want ')
  const [wish, benefit] = cut(after, ' so that ')
  const who = trimmed(before)
  if (!/^As\s/i.test(who)) return undefined
  const role = who.replace(/^As\s(?:an?\s)?/i, '').trim()
  const story = { role, want: trimmed(wish), benefit: trimmed(benefit) }
  return story.role === '' || story.want === '' ? undefined : story
}

export function renderUserStory(story: UserStory): string {
  const role = oneLine(story.role)
  const benefit = oneLine(story.benefit)
  const reason = benefit === '' ? '' : `, so that ${benefit}`
  return `**User Story:** As ${article(role)}${role}, I want ${oneLine(story.want)}${reason}.`
}

function article(role: string): string {
  if (/^the\s/i.test(role)) return ''
  return /^[aeio]/i.test(role) ? 'an ' : 'a '
}

/** What stands before and behind the first occurrence, whatever its case. */
function cut(text: string, separator: string): [string, string] {
  const at = text.search(new RegExp(separator, 'i'))
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)]
}

function trimmed(text: string): string {
  let end = text.length
  while (end > 0 && /[\s,.]/.test(text.charAt(end - 1))) end -= 1
  return text.slice(0, end).trim()
}
