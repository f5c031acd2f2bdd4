import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sharedFolder, sharedIsThere } from '../testing/shared-folder.ts'
import { parseTranscript } from './parse.ts'

/** Turns and words of each speaker with a role. */
function figures(file: string) {
  const text = readFileSync(new URL(`transcripts/${file}`, sharedFolder), 'utf8')
  const { format, turns } = parseTranscript(text, { filename: file })
  return {
    format,
    turns: turns.length,
    words: turns.reduce((sum, turn) => sum + turn.text.split(/\s+/).length, 0),
    roles: Object.fromEntries(turns.map(({ speaker, role }) => [speaker, role])),
  }
}

describe.skipIf(!sharedIsThere)('real transcripts (left out without the shared folder)', () => {
  test('a requirements interview has one client and two interviewers', () => {
    expect(figures('reconsum-football-federation.txt')).toEqual({
      format: 'timed_text',
      turns: 133,
      words: 5259,
      roles: { spk_0: 'agent', spk_1: 'client', spk_2: 'agent' },
    })
  })

  test.each([
    ['qmsum-ES2002a.json', 256, 2600],
    ['qmsum-IS1001a.json', 188, 1790],
  ])('in the design meeting %s all are clients', (file, turns, words) => {
    const found = figures(file)
    expect(found).toMatchObject({ format: 'qmsum_json', turns, words })
    expect(new Set(Object.values(found.roles))).toEqual(new Set(['client']))
  })

  test('a Zoom call has its speakers, cue by cue put together', () => {
    const found = figures('ethereum-acdt-2026-06-22.vtt')
    expect(found).toMatchObject({ format: 'webvtt', turns: 52, words: 1589 })
    expect(Object.keys(found.roles)).toHaveLength(7)
  })
})
