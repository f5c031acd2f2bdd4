import { structuredPatch } from 'diff'

/** One line of a difference; the numbers are those of the older and of the newer text. */
export interface DiffLine {
  kind: 'same' | 'added' | 'removed'
  text: string
  before: number | undefined
  after: number | undefined
}

/** A stretch of lines with something changed in it. */
export type DiffHunk = readonly DiffLine[]

const kinds: Readonly<Record<string, DiffLine['kind']>> = {
  ' ': 'same',
  '+': 'added',
  '-': 'removed',
}

/** Beyond this the two texts have nothing to do with each other, and looking on takes ever longer. */
const maxEdits = 20_000

/** What changed between two texts, line by line; undefined where they differ too much to be compared. */
export function diffTexts(before: string, after: string): DiffHunk[] | undefined {
  const options = { context: 3, maxEditLength: maxEdits }
  const patch = structuredPatch('', '', before, after, undefined, undefined, options)
  return patch?.hunks.map(({ lines, oldStart, newStart }) => {
    let [old, now] = [oldStart, newStart]
    return lines.flatMap((line): DiffLine[] => {
      const kind = kinds[line[0] ?? '']
      // "\ No newline at end of file" is no line of either text.
      if (kind === undefined) return []
      const numbers = {
        before: kind === 'added' ? undefined : old++,
        after: kind === 'removed' ? undefined : now++,
      }
      return [{ kind, text: line.slice(1), ...numbers }]
    })
  })
}
