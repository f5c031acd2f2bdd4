/** A command line as far as a policy reads it. */
export interface CommandParts {
  /** The words of each command that is joined by `;`, `&&`, `||`, `|`, `&` or a new line. */
  parts: readonly string[][]
  /** Whether the words are what would run: nothing is quoted, escaped, redirected or worked out. */
  isPlain: boolean
}

const joints = /&&|\|\||[;&|\n\r]/
const workedOut = /[`$(){}<>"'\\*?[\]~#!]/

/** Splits a command line. It is never run from here: the parts are held against rules alone. */
export function splitCommand(line: string): CommandParts {
  const parts = line
    .split(joints)
    .map((part) => part.split(/[ \t]+/).filter(Boolean))
    .filter((words) => words.length > 0)
  return { parts, isPlain: !workedOut.test(line) }
}
