import { describe, expect, it } from 'vitest'
import { FakeProject } from '../../dev/fake-project.ts'
import { patchPages } from './patch-list.ts'

const item = (id: string) => new FakeProject(id, `Project ${id}`, 0).listed
const pages = {
  pages: [
    { items: [item('a'), item('b')], nextCursor: 'x' },
    { items: [item('c')], nextCursor: null },
  ],
  pageParams: [null, 'x'],
}

describe('a list that is patched', () => {
  it('has what is new in its place, and the rest as it was', () => {
    const fresh = { ...item('b'), seq: 9 }
    const patched = patchPages(pages, [fresh], Date.now())
    expect(patched?.pages[0]?.items[1]).toBe(fresh)
    expect(patched?.pages[0]?.items[0]).toBe(pages.pages[0]?.items[0])
    expect(patched?.pages[1]).toBe(pages.pages[1])
  })

  it('passes over what goes on in a project that it does not show', () => {
    const elsewhere = { ...item('d'), statusSince: '2026-01-01T00:00:00Z' }
    expect(patchPages(pages, [elsewhere], Date.now())).toEqual(pages)
  })

  it('is read again when a project may have come, gone or moved', () => {
    expect(patchPages(pages, [item('d')], Date.now())).toBeUndefined()
    expect(patchPages(pages, [{ ...item('a'), status: 'failed' }], Date.now())).toBeUndefined()
    expect(patchPages(pages, [{ ...item('a'), title: 'Another' }], Date.now())).toBeUndefined()
  })
})
