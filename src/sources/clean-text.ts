import { withoutUnseen } from '../domain/unseen.ts'

const lineEnds = /\r\n?|[\v\f\u0085\u2028\u2029]/g

/**
 * Text of any source as it is kept: line ends are `\n`, nothing in it is invisible, a control
 * character (tab and line end stay) or changes the direction of reading, and it is well-formed
 * Unicode in the composed form (NFC), as people and models write it. A model and a reader then see the
 * same words.
 */
export function cleanText(text: string): string {
  return withoutUnseen(text.toWellFormed().replace(lineEnds, '\n')).normalize('NFC')
}
