import type { ReactNode, RefObject, UIEventHandler } from 'react'
import { useCallback } from 'react'

interface ScrollRegionProps {
  label: string
  className: string
  children: ReactNode
  onScroll?: UIEventHandler<HTMLElement>
  /** Gets the element, for who moves it. */
  elementRef?: RefObject<HTMLElement | null>
}

/**
 * A part of the page that scrolls by itself. Not every browser lets the keyboard reach such a part
 * of its own accord, so that it is put among the stops of the Tab key.
 */
export function ScrollRegion({
  label,
  className,
  children,
  onScroll,
  elementRef,
}: ScrollRegionProps) {
  const ref = useCallback(
    (region: HTMLElement | null) => {
      if (region !== null) region.tabIndex = 0
      if (elementRef !== undefined) elementRef.current = region
    },
    [elementRef],
  )
  return (
    <section ref={ref} className={className} aria-label={label} onScroll={onScroll}>
      {children}
    </section>
  )
}
