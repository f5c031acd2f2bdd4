import type { PassageFinder } from '../src/analysis/evidence/passages.ts'
import type { Turn } from '../src/domain/turn.ts'

/** What the finder is compared with: BM25 over turns with whole words, as in any textbook. */
export function plainFinder(turns: readonly Turn[]): PassageFinder {
  const documents = turns.map(({ text }) => wordsOf(text))
  const average = documents.reduce((sum, { length }) => sum + length, 0) / (documents.length || 1)
  const holding = (word: string) => documents.filter((words) => words.includes(word)).length
  return {
    find(text, limit) {
      const query = [...new Set(wordsOf(text))].map((word) => [word, holding(word)] as const)
      return documents
        .map((words, at) => {
          const score = query.reduce((sum, [word, held]) => {
            const count = words.filter((other) => other === word).length
            const rare = Math.log(1 + (documents.length - held + 0.5) / (held + 0.5))
            return (
              sum + (rare * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * words.length) / average))
            )
          }, 0)
          return { turn: turns[at]?.id ?? '', at, score }
        })
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score || a.at - b.at)
        .slice(0, limit)
    },
  }
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}
