import type { Measure } from './placed.ts'

/** A label is a label: what has more lines than this ends in an ellipsis. */
const mostLines = 5

function cut(word: string, room: number, measure: Measure): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const sign of word) {
    if (piece !== '' && measure(piece + sign) > room) {
      pieces.push(piece)
      piece = ''
    }
    piece += sign
  }
  return [...pieces, piece]
}

/** A text in lines that are no wider than the room; a word that is wider alone is cut. */
export function wrapText(text: string, room: number, measure: Measure): string[] {
  const words = text
    .split(' ')
    .flatMap((word) => (measure(word) > room ? cut(word, room, measure) : [word]))
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    const longer = `${last} ${word}`
    if (last !== undefined && measure(longer) <= room) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines - 1), '…']
}
