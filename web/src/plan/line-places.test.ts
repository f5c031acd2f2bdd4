import { describe, expect, it } from 'vitest'
import { byPlace } from './line-places.ts'

const same = (line: number) => line

describe('what belongs to the places of a document', () => {
  it('stands with the block or item that its line is of', () => {
    expect(byPlace([1, 3, 6, 8], [1, 4, 7, 8, 9], same)).toEqual(
      new Map([
        [1, [1]],
        [3, [4]],
        [6, [7]],
        [8, [8, 9]],
      ]),
    )
  })

  it('is not lost where its line is of none', () => {
    expect(byPlace([3], [1], same)).toEqual(new Map([[3, [1]]]))
    expect(byPlace([], [1], same)).toEqual(new Map([[1, [1]]]))
  })
})
