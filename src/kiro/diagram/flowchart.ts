import { type Diagram, DiagramDraft, labelText, type PartShape } from './diagram.ts'

/** The brackets around a part's title, the longer ones first, and what they stand for. */
const brackets: readonly (readonly [open: string, close: string, shape: PartShape])[] = [
  ['([', '])', 'round'],
  ['[(', ')]', 'store'],
  ['((', '))', 'round'],
  ['[[', ']]', 'box'],
  ['{{', '}}', 'box'],
  ['[', ']', 'box'],
  ['(', ')', 'round'],
  ['{', '}', 'box'],
]

/** The rest of a line that is read from its front. */
interface Rest {
  text: string
}

function take(rest: Rest, pattern: RegExp): RegExpExecArray | undefined {
  const found = pattern.exec(rest.text)
  if (found === null || found.index !== 0) return undefined
  rest.text = rest.text.slice(found[0].length)
  return found
}

/** A title and what stands behind its bracket; undefined when the bracket is not closed. */
function takeTitle(rest: Rest, close: string): string | undefined {
  const quoted = take(rest, /^\s*"([^"]*)"\s*/)
  if (quoted !== undefined) {
    if (!rest.text.startsWith(close)) return undefined
    rest.text = rest.text.slice(close.length)
    return quoted[1] ?? ''
  }
  const end = rest.text.indexOf(close)
  if (end < 0) return undefined
  const title = rest.text.slice(0, end)
  rest.text = rest.text.slice(end + close.length)
  return title
}

function takePart(rest: Rest, draft: DiagramDraft): string | undefined {
  const id = take(rest, /^\s*([\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)*)/u)?.[1]
  if (id === undefined) return undefined
  const part = draft.part(id)
  const bracket = brackets.find(([open]) => rest.text.startsWith(open))
  if (bracket !== undefined) {
    const [open, close, shape] = bracket
    rest.text = rest.text.slice(open.length)
    const title = takeTitle(rest, close)
    if (title === undefined) return undefined
    part.title = labelText(title) || id
    part.shape = shape
  }
  // A class of style, which changes nothing of what is said.
  take(rest, /^:::\w+/)
  return id
}

interface Line {
  label: string
  dashed: boolean
  arrow: boolean
}

function takeLine(rest: Rest): Line | undefined {
  const found =
    take(rest, /^\s*(-\.+-|-{2,}(?=>)|-{3,}|={2,}(?=>)|={3,})(>?)\s*(?:\|([^|]*)\|)?\s*/) ??
    take(rest, /^ ?(-\.|--|==)() ([^-=.|]+) (?:\.-|--|==)-?(?=>| )/)
  if (found === undefined) return undefined
  const [, stroke = '', head = '', label = ''] = found
  const arrow = head === '>' || take(rest, /^>\s*/) !== undefined
  return { label: labelText(label), dashed: stroke.includes('.'), arrow }
}

/** A chain of parts and the lines between them; false when it is none. */
function readChain(text: string, draft: DiagramDraft): boolean {
  const rest = { text }
  let from = takePart(rest, draft)
  while (from !== undefined && rest.text.trim() !== '') {
    const line = takeLine(rest)
    const to = line === undefined ? undefined : takePart(rest, draft)
    if (line === undefined || to === undefined) return false
    draft.link({ from, to, ...line })
    from = to
  }
  return from !== undefined
}

/** What changes the looks alone. */
const isLooks = (line: string) => /^(?:style |classDef |class |linkStyle )/.test(line)

/** Reads a flowchart from its trimmed lines; undefined where a line of it is not understood. */
export function readFlowchart(head: string, lines: readonly string[]): Diagram | undefined {
  const direction = /^(?:flowchart|graph)(?:\s+(LR|RL|TD|TB|BT))?\s*;?$/.exec(head)
  if (direction === null) return undefined
  const draft = new DiagramDraft()
  if (direction[1] === 'LR' || direction[1] === 'RL') draft.direction = 'right'
  for (const line of lines) {
    if (!isLooks(line) && !readChain(line.replace(/;$/, ''), draft)) return undefined
  }
  return draft.finished()
}
