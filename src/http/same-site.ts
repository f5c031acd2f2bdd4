import type { Context, MiddlewareHandler } from 'hono'
import { AppError } from '../domain/errors.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What a browser says of a request that our own page, or the person at the keyboard, sent. */
const ownSites = new Set(['same-origin', 'none'])

/** Whether another site has led the browser here, as far as the browser says. */
export function isLedHere(c: Context): boolean {
  const site = c.req.header('sec-fetch-site')
  return site !== undefined && !ownSites.has(site)
}

function isForeign(c: Context, publicUrl: string): boolean {
  const site = c.req.header('sec-fetch-site')
  // No page can forge it; `Origin` is `null` in a form of ours, whose pages send no referrer.
  if (site !== undefined) return !ownSites.has(site)
  const origin = c.req.header('origin')
  if (origin === undefined || origin === new URL(publicUrl).origin) return false
  // The page may be open under another name of this machine.
  return !URL.canParse(origin) || new URL(origin).host !== c.req.header('host')
}

/**
 * Refuses a write that a page of another site sends: its browser would add our cookie. Requests with
 * a bearer key are no such case, and programs say neither `Origin` nor `Sec-Fetch-Site`.
 */
export function sameSite(publicUrl: string): MiddlewareHandler {
  return async (c, next) => {
    const byCookie = c.req.header('authorization') === undefined
    if (byCookie && !reading.has(c.req.method) && isForeign(c, publicUrl)) {
      throw new AppError('foreign_origin', 'The request comes from another site.', { status: 403 })
    }
    await next()
  }
}
