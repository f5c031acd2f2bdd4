import { describe, expect, it } from 'vitest'
import { speakerName } from './speaker.ts'

describe('the name of a speaker', () => {
  it('is the one that the source gives', () => {
    expect([speakerName('spk_1'), speakerName('constructor')]).toEqual(['spk_1', 'constructor'])
  })

  it('is the part in the talk where the source knows no name', () => {
    expect([speakerName('user'), speakerName('Assistant')]).toEqual(['Client', 'Agent'])
  })
})
