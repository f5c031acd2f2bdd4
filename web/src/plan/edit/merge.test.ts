import { describe, expect, it } from 'vitest'
import { mergeTexts } from './merge.ts'

const base = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n'

describe('two people who changed one text', () => {
  it('are brought together where they changed different lines', () => {
    const mine = base.replace('two', 'TWO')
    const theirs = base.replace('eight', 'EIGHT')
    expect(mergeTexts(base, mine, theirs)).toBe(mine.replace('eight', 'EIGHT'))
  })

  it('are not where they changed the same lines', () => {
    const mine = base.replace('four', 'mine')
    const theirs = base.replace('four', 'theirs')
    expect(mergeTexts(base, mine, theirs)).toBeUndefined()
  })

  it('keeps what was typed when the other has not changed this text', () => {
    expect(mergeTexts(base, 'mine', base)).toBe('mine')
  })
})
