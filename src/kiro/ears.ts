import type { Ears, EarsCondition } from './tree.ts'

type Keyword = EarsCondition['keyword']

/** Whether a word stands for a keyword: in the lower-case style of EARS' authors, or in capitals. */
type Matcher = (word: string | undefined, keyword: string) => boolean

const inCapitals: Matcher = (word, keyword) => word === keyword
const inAnyCase: Matcher = (word, keyword) => word?.toUpperCase() === keyword

/**
 * The parts of an EARS statement (Mavin et al., "Easy Approach to Requirements Syntax") in the
 * forms that Kiro writes; undefined for any other text. The first SHALL divides it, and the last
 * `, THE` or `THEN THE` before that SHALL begins the system's name. Linear in the text's length.
 */
export function parseEars(text: string): Ears | undefined {
  const words = text.trim().split(/\s+/)
  const first = words[0] ?? ''
  const matches = first === first.toUpperCase() ? inCapitals : inAnyCase
  const shall = words.findIndex((word) => matches(word, 'SHALL'))
  const response = withoutFinalStop(words.slice(shall + 1).join(' '))
  if (shall < 0 || response === '') return undefined
  const head = words.slice(0, shall)
  if (keywordAt(head, 0, matches) === undefined) {
    const system = isThe(head[0]) ? head.slice(1).join(' ') : ''
    return isSystem(system) ? { conditions: [], system, response } : undefined
  }
  const subject = subjectOf(head, matches)
  if (!subject || !isSystem(subject.system)) return undefined
  const conditions = conditionsOf(head.slice(0, subject.start), matches)
  return conditions && { conditions, system: subject.system, response }
}

/** `WHEN x, THE System SHALL response`; an IF gets its THEN. Each part must be one line. */
export function renderEars(ears: Ears): string {
  const lead = ears.conditions.map((condition) => `${condition.keyword} ${condition.text}, `)
  const then = ears.conditions.some((condition) => condition.keyword === 'IF') ? 'THEN ' : ''
  const bare = ears.conditions.at(-1)?.keyword === 'FOR ALL' && /^[a-z]/.test(ears.system)
  return `${lead.join('')}${then}${bare ? '' : 'THE '}${ears.system} SHALL ${ears.response}`
}

function keywordAt(words: readonly string[], at: number, matches: Matcher): Keyword | undefined {
  const single = (['WHEN', 'IF', 'WHILE', 'WHERE'] as const).find((keyword) =>
    matches(words[at], keyword),
  )
  if (single) return single
  return matches(words[at], 'FOR') && matches(words[at + 1], 'ALL') ? 'FOR ALL' : undefined
}

/** Where the conditions end and what the system is called. */
function subjectOf(
  head: readonly string[],
  matches: Matcher,
): { start: number; system: string } | undefined {
  const isThen = (at: number): boolean => matches(head[at], 'THEN')
  const marked = head.findLastIndex(
    (word, at) => isThe(word) && (isThen(at - 1) || endsClause(head[at - 1])),
  )
  const universal = keywordAt(head, 0, matches) === 'FOR ALL'
  if (marked < 0 && universal) {
    // `FOR ALL valid files, parsing them SHALL …` names what is done instead of a system.
    const start = head.findLastIndex(endsClause) + 1
    return start > 0 ? { start, system: head.slice(start).join(' ') } : undefined
  }
  const the = marked < 0 ? head.lastIndexOf('THE') : marked
  if (the < 0) return undefined
  const keepsArticle = universal && head[the] !== 'THE'
  return {
    start: isThen(the - 1) ? the - 1 : the,
    system: head.slice(keepsArticle ? the : the + 1).join(' '),
  }
}

function conditionsOf(words: readonly string[], matches: Matcher): EarsCondition[] | undefined {
  const starts = words.flatMap((_, at) =>
    (at === 0 || endsClause(words[at - 1])) && keywordAt(words, at, matches) ? [at] : [],
  )
  const conditions = starts.map((start, index): EarsCondition => {
    const keyword = keywordAt(words, start, matches) ?? 'WHEN'
    const from = start + (keyword === 'FOR ALL' ? 2 : 1)
    return { keyword, text: withoutFinalComma(words.slice(from, starts[index + 1]).join(' ')) }
  })
  return conditions.every((condition) => condition.text !== '') ? conditions : undefined
}

function isThe(word: string | undefined): boolean {
  return word?.toUpperCase() === 'THE'
}

function endsClause(word: string | undefined): boolean {
  return word?.endsWith(',') ?? false
}

function isSystem(system: string): boolean {
  return system !== '' && !system.includes(',')
}

function withoutFinalComma(text: string): string {
  let end = text.length
  while (end > 0 && (text[end - 1] === ',' || text[end - 1] === ' ')) end -= 1
  return text.slice(0, end)
}

function withoutFinalStop(text: string): string {
  let end = text.length
  while (end > 0 && (text[end - 1] === '.' || text[end - 1] === ' ')) end -= 1
  return text.slice(0, end)
}
