/** How often a text is read over at most, looking for the opening that leads to a whole object. */
const mostReadings = 4
const thoughtsEnd = '</think>'

/** Where the value that begins at `start` ends, by its brackets outside of strings. */
function endOf(text: string, start: number): number | undefined {
  let depth = 0
  let quoted = false
  for (let i = start; i < text.length; i += 1) {
    const letter = text[i]
    if (quoted) {
      if (letter === '\\') i += 1
      else if (letter === '"') quoted = false
    } else if (letter === '"') quoted = true
    else if (letter === '{' || letter === '[') depth += 1
    else if (letter === '}' || letter === ']') {
      depth -= 1
      if (depth === 0) return i + 1
    }
  }
  return undefined
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

/**
 * The JSON object in a model's answer, which may stand between prose, in a fence or after thoughts
 * in `<think>`; undefined when there is none. A text made of brackets costs a few readings of it.
 */
export function extractJson(answer: string): { value: unknown } | undefined {
  const thought = answer.lastIndexOf(thoughtsEnd)
  const text = thought === -1 ? answer : answer.slice(thought + thoughtsEnd.length)
  const whole = parse(text.trim())
  if (whole !== undefined) return whole
  let from = 0
  let left = mostReadings * text.length
  while (left > 0) {
    const start = text.indexOf('{', from)
    if (start === -1) return undefined
    const end = endOf(text, start)
    const found = end === undefined ? undefined : parse(text.slice(start, end))
    if (found !== undefined) return found
    left -= (end ?? text.length) - start
    from = start + 1
  }
  return undefined
}
