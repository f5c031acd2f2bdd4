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
export function cleanLines(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => cleanLine(line))
    .filter((line) => line.trim() !== '')
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
      const end = held.length > maxLineLength * 2 ? held.length : held.lastIndexOf('\n') + 1
      const ready = held.slice(0, end)
      held = held.slice(end)
      return cleanLines(ready)
    },
    flush() {
      const ready = held
      held = ''
      return cleanLines(ready)
    },
  }
}

/** Hides the values of secret-looking variables wherever they turn up in a text. */
export function maskSecrets(env: Readonly<Record<string, string>>): (text: string) => string {
  const secrets = Object.entries(env)
    .filter(
      ([name, value]) => /KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL/i.test(name) && value.length >= 6,
    )
    .map(([, value]) => value)
  return (text) => secrets.reduce((masked, secret) => masked.replaceAll(secret, '[secret]'), text)
}
