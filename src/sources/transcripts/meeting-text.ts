/** Marks of the meeting corpora for sounds and broken-off words: `{vocalsound}`, `{disfmarker}`. */
const soundMark = /\{[a-z]{2,30}\}/g

/**
 * The words of a turn of a meeting corpus as they are usually written: `Okay {vocalsound} , so our
 * T_V_ remote .` becomes `Okay, so our TV remote.`
 */
export function cleanMeetingText(content: string): string {
  return content
    .replace(soundMark, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[.,?!;:](?: |$))/g, '')
    .replace(/(?<![A-Za-z])(?:[A-Z]_)+/g, (spelled) => spelled.replaceAll('_', ''))
    .trim()
}
