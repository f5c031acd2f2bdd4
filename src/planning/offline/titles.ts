import type { BriefItem } from '../../domain/brief.ts'
import { capitalised } from '../../kiro/english.ts'
import { inline, plainLine } from '../../kiro/inline.ts'
import { isNews, isSystem, lowerFirst, withoutStop } from './sentence.ts'
import type { Sentence } from './sentence.ts'

const MAX_TITLE = 90

/**
 * A short title in the imperative: `Book a class on their phone`. Where the builder does not know
 * what is meant, it says for whom: `Let the teams have their own pages`. What must not happen, and
 * what no verb was found for, keeps the statement's own words.
 */
export function titleOf(item: BriefItem, sentence: Sentence, understood: boolean): string {
  const { subject, verb, tail, modality } = sentence
  const { actor, condition, negated } = item.clause ?? {}
  const own =
    negated === true || /^only\s/i.test(subject) || (actor !== undefined && modality === 'plain')
  const isImperative = isNews(item, sentence) || !own
  if (
    verb === '' ||
    verb === 'be' ||
    !isImperative ||
    (actor === undefined && !isSystem(sentence))
  ) {
    return shortened(capitalised(withoutStop(inline(item.statement, 300)))) || item.id
  }
  const who = lowerFirst(subject)
  const core = isNews(item, sentence)
    ? `send ${who} ${tail}`
    : actor === undefined || understood
      ? `${verb} ${tail}`
      : modality === 'may'
        ? `let ${who} ${verb} ${tail}`
        : `require ${who} to ${verb} ${tail}`
  const when = condition ? ` ${condition.kind} ${inline(condition.text, 120)}` : ''
  return shortened(capitalised(`${core}${when}`.trim()))
}

/** Cut at a word; a backslash that escapes nothing any more is taken away. */
function shortened(text: string): string {
  return plainLine(text, MAX_TITLE).replace(/\\+(?=…$)/, '')
}
