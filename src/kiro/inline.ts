/** Everything that ends a line somewhere, and control and direction characters that hide text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu

/**
 * A value as plain words on one line of Markdown: no character of it starts markup, so it cannot
 * forge a heading, a check box, a fence, a table cell or a reference. At most `max` characters.
 */
export function inline(text: string, max = 1_000): string {
  return plainLine(text, max)
    .replaceAll(/[\\`*_[\]<>|]/g, '\\$&')
    .replace(/^[#+=~-]/, '\\$&')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
}

/** The value on one line, cut at a word where it is longer than `max`; markup stays as it is. */
export function plainLine(text: string, max = 1_000): string {
  const line = text
    .slice(0, max * 2)
    .replaceAll(UNPRINTABLE, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  if (line.length <= max) return line
  const cut = line.slice(0, max - 1)
  const space = cut.lastIndexOf(' ')
  return `${(space > max / 2 ? cut.slice(0, space) : cut).toWellFormed()}…`
}

/** The words that `inline` was given. */
export function fromInline(markdown: string): string {
  return markdown.replaceAll(/\\([\\`*_[\]<>|#+=~.)-])/g, '$1').trim()
}
