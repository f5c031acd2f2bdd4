/**
 * A value as JavaScript source: JSON in which nothing can end a script element, a line or a string.
 * Keys named `__proto__` would set a prototype there, so they must not be passed.
 */
export function jsLiteral(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replaceAll(
    /[<>\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Text that can stand in HTML, within an element or a quoted attribute. */
export function htmlText(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
