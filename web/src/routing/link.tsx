import type { ComponentProps, MouseEvent } from 'react'
import { routeHref, type Route } from './route.ts'
import { navigate } from './use-route.ts'

interface LinkProps extends ComponentProps<'a'> {
  to: Exclude<Route, { page: 'unknown' }>
  /** An address of the same place, with parameters. */
  href?: string
}

/** A link within the page; opening in a new tab and the like stays the browser's. */
export function Link({ to, href = routeHref(to), children, ...rest }: LinkProps) {
  const follow = (event: MouseEvent) => {
    const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
    if (event.button !== 0 || modified || event.defaultPrevented) return
    event.preventDefault()
    navigate(href)
  }
  return (
    <a {...rest} href={href} onClick={follow}>
      {children}
    </a>
  )
}
