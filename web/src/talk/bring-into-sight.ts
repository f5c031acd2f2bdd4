const margin = 24

/**
 * Scrolls a pane so that an element within it is seen, if it is not yet; the page itself stays
 * still. A pane may reach below the window: what counts is what can be seen of it.
 */
export function bringIntoSight(pane: HTMLElement, selector: string): void {
  const inner = pane.querySelector(selector)?.getBoundingClientRect()
  if (inner === undefined) return
  const outer = pane.getBoundingClientRect()
  const head = pane.firstElementChild?.getBoundingClientRect().height ?? 0
  const top = outer.top + head
  const bottom = Math.min(outer.bottom, window.innerHeight)
  if (inner.top >= top && inner.bottom <= bottom) return
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  pane.scrollTo({
    top: pane.scrollTop + inner.top - top - margin,
    behavior: calm ? 'instant' : 'smooth',
  })
}
