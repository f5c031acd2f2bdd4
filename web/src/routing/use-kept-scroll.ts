import { type RefObject, useLayoutEffect } from 'react'
import { keepPaneScrolled } from './place.ts'

/** A pane that stands where it was after a reload, and for who comes back to its place in the history. */
export function useKeptScroll(pane: RefObject<HTMLElement | null>, name: string): void {
  useLayoutEffect(
    () => (pane.current === null ? undefined : keepPaneScrolled(pane.current, name)),
    [pane, name],
  )
}
