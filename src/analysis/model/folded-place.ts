/** A text in one form of each letter and mark, and where in the text each unit of it comes from. */
interface Folded {
  text: string
  /** By the place in the folded text: where the letter begins and ends in the original. */
  starts: number[]
  ends: number[]
}

const quotationMarks = /["“”„«»]/g
const apostrophes = /['’‘`]/g
const dashes = /[-–—‑]/g

/** A letter with the marks that are written as characters of their own. */
const letters = /\s+|\P{M}\p{M}*|\p{M}+/gu

function folded(text: string): Folded {
  const all: Folded = { text: '', starts: [], ends: [] }
  for (const { 0: letter, index } of text.matchAll(letters)) {
    const plain = letter
      .normalize('NFKC')
      .toLowerCase()
      .replace(/^\s+$/, ' ')
      .replace(quotationMarks, '"')
      .replace(apostrophes, "'")
      .replace(dashes, '-')
    all.text += plain
    for (let unit = 0; unit < plain.length; unit += 1) {
      all.starts.push(index)
      all.ends.push(index + letter.length)
    }
  }
  return all
}

/**
 * The passage of a text that a quote names in other code points: `é` as one or as two, `…` for three
 * stops, wide letters; undefined where there is none. What is given are the text's own letters, whole.
 */
export function foldedPlace(text: string, quote: string): string | undefined {
  const wanted = folded(quote.trim()).text
  const { text: plain, starts, ends } = folded(text)
  const at = wanted === '' ? -1 : plain.indexOf(wanted)
  const [start, end] = [starts[at], ends[at + wanted.length - 1]]
  return start === undefined || end === undefined ? undefined : text.slice(start, end)
}
