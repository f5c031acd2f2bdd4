import { describe, expect, it } from 'vitest'
import { ProjectStatus } from '../../../src/domain/status.ts'
import { askedBy, groups, isFiltered, readFilter } from './project-filter.ts'

const read = (search: string) => readFilter(new URLSearchParams(search))

describe('the filter of the list', () => {
  it('has each status in one group', () => {
    const all = Object.values(groups).flatMap(({ statuses }): ProjectStatus[] => [...statuses])
    expect(all.sort()).toEqual([...ProjectStatus.options].sort())
  })

  it('asks for what the address says', () => {
    expect(askedBy(read('show=waiting&q=+yoga+&order=changed'))).toBe(
      '&status=awaiting_approval%2Cpaused&q=yoga&order=changed',
    )
    expect(askedBy(read(''))).toBe('')
  })

  it('passes over what it does not know', () => {
    expect(read('show=toString&order=best')).toEqual({ text: '', order: 'newest' })
    expect(read(`q=${'x'.repeat(300)}`).text).toHaveLength(100)
  })

  it('leaves nothing out by an order or by blanks', () => {
    expect(isFiltered(read('order=oldest&q=%20'))).toBe(false)
    expect(isFiltered(read('show=failed'))).toBe(true)
  })
})
