import { untitled } from '../domain/screen/title.ts'

/** Names a talk, not the software that it is about: `Call with Anna`, `Interview 3`, `Recording (2)`. */
const ofTalk =
  /\b(?:calls?|meetings?|interview|conversation|talk|chat|session|recording|transcript|discovery|follow[- ]?up|kick[- ]?off|stand-?up|demo|notes|minutes|take|part|draft)\b\s{0,3}(?:$|[-–—:,#(/\d]|(?:with|about|on|of|from|for|no|nr|number|one|two|three)\b)/i

/** Dates, lists and file names are no names either. */
const noName = /[,;?!/\\_@]|\d{1,4}[-.:]\d|\.[a-z0-9]{2,4}$|^\W*$/i

/**
 * The title that a talk came with, where it can name the software; otherwise `Untitled Software`,
 * as for a talk without one. At most 120 characters.
 */
export function givenTitle(title: string | undefined): string {
  const given = title?.trim().replace(/\s+/g, ' ').slice(0, 120) ?? ''
  const names = /^\p{L}/u.test(given) && !ofTalk.test(given) && !noName.test(given)
  return names && given.split(' ').length <= 6 ? given : untitled.title
}
