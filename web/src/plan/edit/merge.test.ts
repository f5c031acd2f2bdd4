import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Clash, clashesOf, mergedText, mergeParts, type Side } from './merge.ts'

const base = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n'

function merge(mine: string, theirs: string, side?: Side): string | undefined {
  return mergedText(mergeParts(base, mine, theirs), () => side)
}

describe('two people who changed one text', () => {
  it('are brought together where they changed different lines', () => {
    const mine = base.replace('two', 'TWO')
    const theirs = base.replace('eight', 'EIGHT')
    expect(merge(mine, theirs)).toBe(mine.replace('eight', 'EIGHT'))
  })

  it('choose for the lines that both changed, and for no others', () => {
    const mine = base.replace('four', 'mine').replace('one', 'ONE')
    const theirs = base.replace('four', 'theirs').replace('eight', 'EIGHT')
    expect(clashesOf(mergeParts(base, mine, theirs))).toEqual([
      { base: ['four'], mine: ['mine'], theirs: ['theirs'] },
    ] satisfies Clash[])
    expect(merge(mine, theirs)).toBeUndefined()
    expect(merge(mine, theirs, 'mine')).toBe(mine.replace('eight', 'EIGHT'))
    expect(merge(mine, theirs, 'theirs')).toBe(theirs.replace('one', 'ONE'))
    expect(merge(mine, theirs, 'both')).toContain('three\nmine\ntheirs\nfive')
  })

  it('take lines that one has taken out and the other changed for both changed', () => {
    const mine = base.replace('four\n', '')
    const theirs = base.replace('four', 'theirs')
    expect(merge(mine, theirs)).toBeUndefined()
    expect(merge(mine, theirs, 'mine')).toBe(mine)
  })

  it('keep what was typed when the other has not changed this text', () => {
    expect(merge('mine', base)).toBe('mine')
    expect(merge(base, base)).toBe(base)
  })

  it('agree where both typed the same', () => {
    const text = base.replace('four', 'same')
    expect(merge(text, text)).toBe(text)
  })

  it('lose no text of either when one has left it as it was', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '', 'c d'), { maxLength: 12 })
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [old, changed] = [before.join('\n'), after.join('\n')]
        expect(mergedText(mergeParts(old, changed, old), () => undefined)).toBe(changed)
        expect(mergedText(mergeParts(old, old, changed), () => undefined)).toBe(changed)
      }),
    )
  })
})
