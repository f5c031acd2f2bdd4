import { deedsFrom } from './deeds.ts'
import { openingEnd } from './openings.ts'
import { plainDeeds } from './plain-deeds.ts'
import type { Reading } from './reading.ts'
import { aboutTopic } from './topic.ts'
import type { Word } from './words.ts'

/** What a sentence tells of who does what, in clauses where nothing is asked for. */
export function readPlain(words: readonly Word[], topic: readonly Word[] = []): Reading[] {
  const readings: Reading[] = []
  let spokenOf = topic
  for (const { words: told, at, subject, only, condition } of plainDeeds(
    words,
    openingEnd(words),
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
