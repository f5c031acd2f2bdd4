/** Running text of Markdown, as far as specs use it. Links stay text: their targets are hostile. */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'strong' | 'emphasis'; children: Inline[] }

interface Token {
  /** As it stands, which is what it means within code. */
  raw: string
  /** Without the backslash of an escape. */
  text: string
  delimiter?: '**' | '*' | '_' | '`'
  opens: boolean
  closes: boolean
}

const tokens = /`+|\*\*|\*|_|\\[!-/:-@[-`{-~]|[^`*_\\]+|\\/g

function isWord(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char)
}

function isGap(char: string | undefined): boolean {
  return char === undefined || /\s/.test(char)
}

function tokenise(text: string): Token[] {
  return Array.from(text.matchAll(tokens), ({ 0: found, index }): Token => {
    const raw = found
    if (raw.startsWith('`')) return { raw, text: raw, delimiter: '`', opens: true, closes: true }
    if (found === '**' || found === '*' || found === '_') {
      const before = text[index - 1]
      const after = text[index + found.length]
      // An underscore within a word (`Booking_Service`) is a letter of it.
      const inWord = found === '_'
      const opens = !isGap(after) && !(inWord && isWord(before))
      const closes = !isGap(before) && !(inWord && isWord(after))
      return { raw, text: raw, delimiter: found, opens, closes }
    }
    const escaped = found.length === 2 && found.startsWith('\\')
    return { raw, text: escaped ? raw.slice(1) : raw, opens: false, closes: false }
  })
}

/** For each run of backticks the place of the next run of the same length. */
function nextTicks(list: readonly Token[]): ReadonlyMap<number, number> {
  const next = new Map<number, number>()
  const last = new Map<number, number>()
  for (const [place, token] of list.entries()) {
    if (token.delimiter !== '`') continue
    const before = last.get(token.text.length)
    if (before !== undefined) next.set(before, place)
    last.set(token.text.length, place)
  }
  return next
}

interface Open {
  delimiter: string
  /** What stood before the delimiter, on its level. */
  outer: Inline[]
}

function addText(list: Inline[], text: string): void {
  const last = list.at(-1)
  if (last?.type === 'text') last.text += text
  else if (text !== '') list.push({ type: 'text', text })
}

/** Gives up on delimiters that nothing closes: they were plain characters. */
function unwind(stack: Open[], depth: number, inner: Inline[]): Inline[] {
  let list = inner
  while (stack.length > depth) {
    const open = stack.pop()
    if (open === undefined) break
    addText(open.outer, open.delimiter)
    for (const node of list) {
      if (node.type === 'text') addText(open.outer, node.text)
      else open.outer.push(node)
    }
    list = open.outer
  }
  return list
}

/** Reads running text in one pass, so that no text makes it slow. */
export function parseInline(text: string): Inline[] {
  const list = tokenise(text)
  const ticks = nextTicks(list)
  const stack: Open[] = []
  let current: Inline[] = []
  for (let place = 0; place < list.length; place += 1) {
    const token = list[place]
    if (token === undefined) break
    const { delimiter } = token
    const codeEnd = delimiter === '`' ? ticks.get(place) : undefined
    const depth = stack.findIndex((open) => open.delimiter === delimiter)
    if (codeEnd !== undefined) {
      const code = list.slice(place + 1, codeEnd)
      current.push({ type: 'code', text: code.map((part) => part.raw).join('') })
      place = codeEnd
    } else if (delimiter === undefined || delimiter === '`') {
      addText(current, token.text)
    } else if (token.closes && depth >= 0) {
      const children = unwind(stack, depth + 1, current)
      current = stack.pop()?.outer ?? []
      current.push({ type: delimiter === '**' ? 'strong' : 'emphasis', children })
    } else if (token.opens && depth < 0) {
      stack.push({ delimiter, outer: current })
      current = []
    } else {
      addText(current, token.text)
    }
  }
  return unwind(stack, 0, current)
}
