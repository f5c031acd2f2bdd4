import type { Citation } from '../../domain/citation.ts'
import type { Talk, Turn } from '../../domain/turn.ts'
import type { FoundNeed } from '../ledger/found-need.ts'
import type { Scan } from './scan-state.ts'

const maxQuote = 500
const maxCitations = 20

/** The talk as the scan reads it: words of another language would only be misread. */
export function withoutForeign(talk: Talk, foreign: ReadonlyMap<string, string>): Talk {
  if (foreign.size === 0) return talk
  const turns = talk.turns.map((turn) => (foreign.has(turn.id) ? { ...turn, text: '' } : turn))
  return { ...talk, turns }
}

/** What was said in another language may be anything, and stays open: one question for each language. */
export function addForeign(
  scan: Scan,
  talk: Talk,
  foreign: ReadonlyMap<string, string>,
): FoundNeed[] {
  const languages = new Map<string, Turn[]>()
  for (const turn of talk.turns) {
    const language = foreign.get(turn.id)
    if (language === undefined) continue
    const known = languages.get(language)
    if (known === undefined) languages.set(language, [turn])
    else known.push(turn)
  }
  for (const [language, turns] of languages) {
    scan.questions.push({
      question: `What is asked for in the turns in ${nameOf(language)}?`,
      why: 'The offline analyst understands English only and left these turns out.',
      citations: turns.slice(0, maxCitations).map(citationOf),
    })
  }
  return [...languages.values()].flat().map((turn) => {
    const citation = citationOf(turn)
    return { ...citation, sentence: citation.quote, explicit: false }
  })
}

function nameOf(language: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language
}

/** Half a character at the cut would not stand in the turn. */
function citationOf({ id, text }: Turn): Citation {
  return { turn: id, quote: text.slice(0, maxQuote).replace(/[\uD800-\uDBFF]$/, '') }
}
