import { AppError } from '../../domain/errors.ts'
import { parseTranscript } from '../transcripts/parse.ts'

/**
 * What becomes of a hostile text: `read` into turns that all have words, `refused` by an AppError,
 * or `wordless`, which must not be. Anything else that is thrown is thrown on.
 */
export function readingOf(text: string): 'read' | 'refused' | 'wordless' {
  try {
    const { turns } = parseTranscript(text)
    const wordless = turns.length === 0 || turns.some((turn) => turn.text.trim() === '')
    return wordless ? 'wordless' : 'read'
  } catch (thrown) {
    if (thrown instanceof AppError) return 'refused'
    throw thrown
  }
}
