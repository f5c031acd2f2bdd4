import { wordSet } from '../lexicon/word-set.ts'
import { thirdPerson } from '../inflect.ts'
import { nounPhraseEnd } from '../noun-phrase.ts'
import { openingEnd } from '../openings.ts'
import { textOf, type Word } from '../words.ts'
import { lowerFirst } from '../written.ts'
import { withoutStop } from './clause-parts.ts'

const modals = wordSet('should can could may must will would shall')
const doing = wordSet('do does did')
const being = wordSet('is are')
const pronouns = wordSet('they he she it we you i people somebody everybody')
const wh = wordSet('what which who where when how')
const vague = wordSet('happen happens think mean know do like say')

/**
 * Half a sentence in the place of the question word that it answers: `What does the creditor get? – A
 * statement every month.` is `the creditor gets a statement every month`.
 */
export function inItsQuestion(answer: readonly Word[], asked: readonly Word[]): string | undefined {
  const question = withoutStop(asked.slice(openingEnd(asked)))
  const said = lowerFirst(textOf(withoutStop(answer.slice(answerStart(answer)))))
  const at = question.findIndex(({ lower }, index) => index < 4 && wh.has(lower))
  if (at === -1 || said === '' || question.length > 24) return undefined
  const { end, unit, kind } = slotAt(question, at)
  const aux = question[end]?.lower ?? ''
  const rest = question.slice(end + 1)
  if (!modals.has(aux) && !doing.has(aux) && !being.has(aux)) {
    // `How many people use it at once?`, `Who enters the scores?`
    const told = question[end]?.pos === 'VERB' && kind !== 'way'
    return told ? `${said} ${unit} ${textOf(question.slice(end))}.` : undefined
  }
  const who = pronouns.has(rest[0]?.lower ?? '') ? 1 : nounPhraseEnd(rest, 0)
  if (who === 0) {
    // `Who should see it?`, `What is on the label?`
    return kind === 'subject' && modals.has(aux) ? `${said} ${aux} ${textOf(rest)}.` : undefined
  }
  const subject = textOf(rest.slice(0, who)).replace(/^you$/i, 'we')
  const [verb, ...others] = rest.slice(who)
  if (verb === undefined || vague.has(verb.lower)) return undefined
  const inflected = aux === 'does' ? thirdPerson(verb.lower) : verb.text
  const deed = [{ ...verb, text: inflected }, ...others]
  const modal = modals.has(aux) || being.has(aux) ? `${aux} ` : ''
  if (kind === 'way') return `${subject} ${modal}${textOf(deed)} ${said}.`
  const stop = verbEnd(deed)
  return `${subject} ${modal}${textOf(deed.slice(0, stop))} ${said} ${unit} ${textOf(deed.slice(stop))}.`
}

/** Behind `have to fill in`: where what is asked for belongs. */
function verbEnd(deed: readonly Word[]): number {
  let at = 0
  while (['AUX', 'PART', 'ADV'].includes(deed[at]?.pos ?? '') || deed[at + 1]?.lower === 'to') at++
  if (deed[at]?.lower === 'to') at++
  at++
  const small = ['in', 'up', 'out', 'off'].includes(deed[at]?.lower ?? '')
  return small ? at + 1 : at
}

interface Slot {
  end: number
  /** What is counted: `people` of `how many people`. */
  unit: string
  kind: 'subject' | 'thing' | 'way'
}

function slotAt(words: readonly Word[], at: number): Slot {
  const [first, second] = [words[at]?.lower, words[at + 1]?.lower ?? '']
  if (first === 'how' && ['many', 'much'].includes(second)) {
    const end = Math.max(at + 2, nounPhraseEnd(words, at + 2))
    const of = words[at + 2]?.lower === 'of' ? nounPhraseEnd(words, at + 3) : end
    return {
      end: Math.max(end, of),
      unit: of > end ? '' : textOf(words.slice(at + 2, end)),
      kind: 'thing',
    }
  }
  if (first === 'how' && ['long', 'often', 'fast', 'big', 'soon'].includes(second))
    return { end: at + 2, unit: '', kind: 'way' }
  if (first === 'which')
    return { end: Math.max(at + 1, nounPhraseEnd(words, at + 1)), unit: '', kind: 'thing' }
  if (first === 'who')
    return { end: second === 'else' ? at + 2 : at + 1, unit: '', kind: 'subject' }
  return { end: at + 1, unit: '', kind: first === 'what' ? 'thing' : 'way' }
}

const hedging = wordSet('just well hm mostly usually mainly , so oh')

function answerStart(words: readonly Word[]): number {
  let at = openingEnd(words)
  while (hedging.has(words[at]?.lower ?? '')) at++
  return at
}
