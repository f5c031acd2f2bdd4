import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hasDialogue } from '../../domain/turn.ts'
import { parseTranscript } from './parse.ts'

const page = readFileSync(new URL('../../../docs/transcripts.md', import.meta.url), 'utf8')
const examples = [...page.matchAll(/```(?:text|json)\n([^`]*)```/g)].map(([, text = '']) => text)

test('every example of the page on transcripts can be read, and covers every format', () => {
  const parsed = examples.map((text) => parseTranscript(text))
  expect(parsed.map(({ format }) => format)).toEqual([
    'plain_text',
    'timed_text',
    'webvtt',
    'srt',
    'tavus_webhook',
    'tavus_conversation',
    'speaker_json',
    'qmsum_json',
  ])
  expect(parsed.every(({ turns }) => hasDialogue(turns))).toBe(true)
})
