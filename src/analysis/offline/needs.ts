import { actorOf, type Mention } from './actors.ts'
import { findAnchors, type Anchor } from './anchors.ts'
import { limitsIn } from './limits.ts'
import { talkVerbs } from './lexicon/verbs.ts'
import { readSentence } from './readings.ts'
import { subjectBefore } from './subject.ts'
import type { Word } from './words.ts'

/**
 * Whether a client's sentence carries a need, wish, limit or decision. Takes in too much rather
 * than too little: it is the base that coverage is measured against.
 */
export function bearsNeed(words: readonly Word[], mention: Mention = {}): boolean {
  if (words.length < 4) return false
  if (limitsIn(words).length > 0) return true
  if (readSentence(words).some((reading) => isStated(reading, mention))) return true
  return findAnchors(words).some((anchor) => isNeed(words, anchor))
}

/** What talk is about talk (`we need to discuss that`) asks for nothing, and nor does `I can't draw`. */
function isStated(reading: ReturnType<typeof readSentence>[number], mention: Mention): boolean {
  const { content, subject } = reading
  if (actorOf(reading, mention) === undefined) return false
  if (content.type === 'thing') return true
  const own =
    subject.kind === 'speaker' && subject.noun === 'i' && !/want|like|need/.test(reading.said)
  return !own && !talkVerbs.has(content.deed.verb.lemma)
}

function isNeed(words: readonly Word[], anchor: Anchor): boolean {
  if (!anchor.duty && !anchor.wish && anchor.force !== 'must') return false
  const subject = subjectBefore(words, anchor.start)
  const verb = words[anchor.end]?.lower === 'to' ? words[anchor.end + 1] : words[anchor.end]
  if (verb === undefined || talkVerbs.has(verb.lemma)) return false
  const own = subject.kind === 'speaker' && subject.noun === 'i' && anchor.duty
  return !own && (subject.kind !== 'it' || anchor.duty) && subject.kind !== 'listener'
}
