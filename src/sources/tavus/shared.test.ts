import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sharedFolder, sharedIsThere } from '../testing/shared-folder.ts'
import { parseTranscript } from '../transcripts/parse.ts'
import { parseTavusBody } from './webhook.ts'

const folder = new URL('fixtures/tavus/', sharedFolder)
const kinds: Record<string, object> = {
  '01': { kind: 'joined' },
  '02': { kind: 'ended', reason: 'participant_left_timeout' },
  '03': { kind: 'transcript', spoken: true, turns: { length: 10 } },
  '04': { kind: 'recording' },
  '05': { kind: 'perception' },
  '06': { kind: 'not_a_conversation' },
  '07': { kind: 'not_a_conversation' },
  '08': { kind: 'not_a_conversation' },
  '09': { kind: 'not_a_conversation' },
  '10': { kind: 'not_a_conversation' },
  '12': { kind: 'ended', reason: 'participant_absent_timeout' },
  '13': { kind: 'not_a_conversation' },
  '15': { kind: 'other', eventType: 'conversation.utterance' },
  '16': { kind: 'other', eventType: 'conversation.tool_call' },
  '90': { kind: 'other', eventType: 'conversation_ended' },
}

describe.skipIf(!sharedIsThere)('documented bodies (left out without the shared folder)', () => {
  const files = sharedIsThere ? readdirSync(folder).filter((file) => /^\d/.test(file)) : []
  const textOf = (prefix: string) =>
    readFileSync(new URL(files.find((file) => file.startsWith(prefix)) ?? prefix, folder), 'utf8')

  test('are all there', () => {
    expect(files.map((file) => file.slice(0, 2))).toEqual(Object.keys(kinds).toSorted())
  })

  test.each(Object.entries(kinds))('%s is read as what it is', (prefix, expected) => {
    expect(parseTavusBody(JSON.parse(textOf(prefix)))).toMatchObject(expected)
  })

  test('a verbose conversation is read as a transcript file', () => {
    expect(parseTranscript(textOf('13'))).toMatchObject({
      format: 'tavus_conversation',
      turns: [{ role: 'agent' }, { role: 'client' }, { role: 'agent' }, { role: 'client' }],
    })
  })
})
