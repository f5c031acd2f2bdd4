import { ApiError } from '../api/http.ts'

/** The server's limit, so that nobody waits for an upload that it would refuse. */
export const maxTranscriptBytes = 5_242_880

/** The formats of `docs/transcripts.md`. */
export const transcriptTypes = '.txt,.vtt,.srt,.json,.md,text/plain,text/vtt,application/json'

/** A transcript file's text. @throws ApiError for one that cannot be a transcript. */
export async function readTranscript(file: File): Promise<string> {
  if (file.size > maxTranscriptBytes) {
    throw new ApiError(0, 'too_large', 'The file is larger than 5 MiB. Upload a part of the talk.')
  }
  const text = await file.text()
  if (text.trim() === '') throw new ApiError(0, 'transcript_empty', 'The file holds no text.')
  return text
}
