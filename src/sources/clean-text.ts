const lineEnds = /\r\n?|[\v\f\u0085\u2028\u2029]/g

/** Control characters, and the invisible code points that OWASP LLM01 (2026) names, plus U+FEFF. */
const unseen =
  /[\0-\u0008\u000e-\u001f\u007f-\u009f]|[\u200b-\u200d\u2060\ufeff]|[\ufe00-\ufe0f]|[\u{e0000}-\u{e007f}]/gu

/**
 * Text of any source as it is kept: line ends are `\n`, nothing in it is invisible or a control
 * character (tab and line end stay), and it is well-formed Unicode. A model and a reader then see
 * the same words.
 */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(lineEnds, '\n').replace(unseen, '')
}
