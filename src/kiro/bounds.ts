import { invalidInput } from '../domain/errors.ts'

/** The longest document that any parser here takes, in UTF-16 units. */
export const MAX_DOCUMENT = 2_000_000

/** @throws AppError `document_too_large` when the text is longer than `limit`. */
export function assertWithinBounds(text: string, limit = MAX_DOCUMENT): void {
  if (text.length <= limit) return
  throw invalidInput(
    'document_too_large',
    `The document has ${text.length} characters; at most ${limit} are taken. Split it up.`,
  )
}
