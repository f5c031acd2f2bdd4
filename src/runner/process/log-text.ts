const maxLineLength = 4_000

/** Escape sequences: CSI and other two-byte ones, and OSC strings up to their end. */
const escapes =
  /\u001b(?:\][^\u0007\u001b]{0,2000}(?:\u0007|\u001b\\)?|\[[0-?]{0,64}[ -/]{0,8}[@-~]?|[@-Z\\-_])?/g
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/** One line of hostile output made fit to show: no ANSI, control or bidi characters, bounded. */
export function cleanLine(text: string, maxLength = maxLineLength): string {
  const bounded = text.slice(0, maxLength * 4)
  const clean = bounded
    .replaceAll(escapes, '')
    .replaceAll(controls, '')
    .replaceAll('\n', ' ')
    .trimEnd()
  return clean.length <= maxLength ? clean : `${clean.slice(0, maxLength - 1).toWellFormed()}…`
}

/** The non-empty lines of a text, each cleaned. */
export function cleanLines(text: string, maxLength = maxLineLength): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => cleanLine(line, maxLength))
    .filter((line) => line.trim() !== '')
}

/** Joined lines are cut later, after secrets are hidden: a secret that is cut off is not known again. */
const uncut = maxLineLength * 4

/** Where an endless line is broken: between words, where there are any. */
function breakOf(text: string): number {
  const near = text.slice(-maxLineLength)
  const at = near.search(/[\s,;"'][^\s,;"']*$/)
  return at === -1 ? text.length : text.length - near.length + at + 1
}

/** Joins chunks of text to lines. */
export interface LineJoiner {
  /** Gives the lines that this chunk completes. */
  push(chunk: string): string[]
  /** Gives what is left as a last line. */
  flush(): string[]
}

/** A joiner that never holds more than a few lines' worth: an endless line is broken. */
export function joinLines(): LineJoiner {
  let held = ''
  return {
    push(chunk) {
      held += chunk
      const end = held.length > maxLineLength * 2 ? breakOf(held) : held.lastIndexOf('\n') + 1
      const ready = held.slice(0, end)
      held = held.slice(end)
      return cleanLines(ready, uncut)
    },
    flush() {
      const ready = held
      held = ''
      return cleanLines(ready, uncut)
    },
  }
}
