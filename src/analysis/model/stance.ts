/** How a client stands to what is spoken of. */
export type Stance = 'for' | 'undecided' | 'against'

const undecided =
  /\b(?:not (?:so |really |quite |yet |entirely )?(?:sure|certain|convinced|decided)|unsure|undecided|don't know|do not know|no idea|(?:have|need|want) to think|let me think|think about (?:it|that)|we'll see|it depends|maybe later|perhaps later|(?:guess|suppose)(?: so)?$|if you (?:think|say) so|whatever|up to you|you decide)/

/** A wish that something may not happen (`we don't want to lose orders`) is for what sees to that. */
const against =
  /\b(?:do not|don't|does not|doesn't|would not|wouldn't|did not|didn't|never) (?:really |actually |even |ever )?(?:want|need|like)\b(?!(?: \S{1,30}){0,3} to\b)|\bnot (?:\S{1,20} )?(?:needed|necessary|wanted|interested|required)\b|\b(?:rather not|no need|out of scope|leave (?:\S{1,30} ){1,4}(?:out|away)|forget (?:it|that|about)|skip (?:it|that|the))\b/

/** `no points`, where that is no measure (`no more than ten`) and no yes (`no problem`). */
const without =
  /^no (?!more\b|fewer\b|less\b|later\b|longer\b|earlier\b|sooner\b|matter\b|one\b|problem\b|doubt\b|worries\b)\S/

/** What a clause of a client's words says of the thing that it names. */
export function stanceIn(clause: string): Stance {
  const plain = clause.normalize('NFKC').toLowerCase().replaceAll('’', "'").trim()
  if (against.test(plain) || without.test(plain)) return 'against'
  return undecided.test(plain) ? 'undecided' : 'for'
}

const joints = /[.,;:?!…—–\n]+|\s(?=but\s)/g

/** The clauses of a text that a quote of it reaches into, without the marks around them. */
export function clausesAround(text: string, quote: string): string[] {
  const from = text.indexOf(quote)
  const to = from + quote.length
  if (from < 0) return [quote]
  const clauses: string[] = []
  let start = 0
  const add = (end: number): void => {
    if (start < to && end > from) clauses.push(text.slice(start, end).trim())
    start = end
  }
  for (const joint of text.matchAll(joints)) {
    add(joint.index)
    start = joint.index + joint[0].length
  }
  add(text.length)
  return clauses.filter((clause) => clause !== '')
}

const denies =
  /\b(?:no|not|cannot|never|nobody|none|without|out of scope|only|prevents?|refuses?|rejects?|stops?|avoids?|blocks?|forbids?|hides?|removes?|excludes?)\b|n't\b/i

/** Whether a statement itself says that something is not to be, so that a no is for it. */
export function isDenial(statement: string): boolean {
  return denies.test(statement)
}
