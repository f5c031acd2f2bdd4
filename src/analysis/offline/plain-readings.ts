import { deedsFrom } from './deeds.ts'
import { openingEnd } from './openings.ts'
import { plainDeeds } from './plain-deeds.ts'
import type { Reading } from './reading.ts'
import { aboutTopic } from './topic.ts'
import type { Word } from './words.ts'

/**
 * What a sentence tells of who does what, in clauses where nothing is asked for; `framed` when it
 * answers how it shall be.
 */
export function readPlain(
  words: readonly Word[],
  topic: readonly Word[] = [],
  framed = false,
): Reading[] {
  const readings: Reading[] = []
  let spokenOf = topic
  for (const { words: told, at, subject, only, condition, rule } of plainDeeds(
    words,
    openingEnd(words),
    framed,
  )) {
    for (const deed of deedsFrom(told, at, told.length)) {
      const base = {
        subject,
        force: 'should' as const,
        able: false,
        duty: false,
        negated: false,
        exclusive: only,
      }
      const when = deed.condition ?? condition
      const reading = aboutTopic(
        {
          ...base,
          said: told[at]?.lower ?? '',
          ...((framed || rule === true) && { told: true as const }),
          content: { type: 'deed', deed },
          ...(when && { condition: when }),
        },
        spokenOf,
      )
      readings.push(reading)
      const { content } = reading
      if (content.type === 'deed' && content.deed.object.length > 0) spokenOf = content.deed.object
    }
  }
  return readings
}
