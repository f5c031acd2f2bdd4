import { describe, expect, it } from 'vitest'
import { waitingLook, waitingWords } from './waiting-words.ts'

const now = Date.parse('2026-11-28T12:00:00Z')
const live = { state: 'live', asksAt: null, failure: null } as const
const ended = { ...live, state: 'awaiting_transcript' } as const

describe('a talk without a project, in words', () => {
  it('says what is waited for, and when it is asked for', () => {
    expect(waitingLook(live).words).toBe('Call under way')
    expect(waitingWords({ ...ended, asksAt: '2026-11-28T12:01:30Z' }, now)).toMatch(
      /^It has ended, .+ asks for it at \d\d:01 if it has not come by then\.$/,
    )
    expect(waitingWords({ ...ended, asksAt: '2026-11-28T11:59:00Z' }, now)).toContain(
      'about to ask',
    )
    expect(waitingWords(live, now)).toContain('TAVUS_API_KEY')
  })

  it('says what went wrong, and what to do', () => {
    const failure = { code: 'tavus_not_found', message: 'Tavus knows no such conversation.' }
    expect(waitingLook({ ...ended, failure })).toEqual({
      tone: 'bad',
      words: 'Transcript not fetched',
    })
    expect(waitingWords({ ...ended, failure }, now)).toBe(failure.message)
    expect(waitingLook({ ...ended, state: 'no_dialogue', failure }).tone).toBe('quiet')
  })
})
