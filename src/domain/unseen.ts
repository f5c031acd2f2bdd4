/**
 * Code points that a reader does not see and a machine does: controls (tab and line feed stay), zero
 * width and word joiners, bidirectional marks and overrides, tags, variation selectors, fillers and
 * soft hyphens. OWASP LLM01 (2026) names the first groups; the others carry hidden text as well.
 */
const unseen =
  /[\0-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]|\u034f|[\ufe00-\ufe0f]|[\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu

/** The text without what nobody sees, and well-formed. */
export function withoutUnseen(text: string): string {
  return text.toWellFormed().replace(unseen, '')
}

/** Whether the text holds something that nobody sees. */
export function hasUnseen(text: string): boolean {
  return withoutUnseen(text) !== text
}
