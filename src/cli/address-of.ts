import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

/**
 * Where a request comes from: the other end of its connection, or, behind so many proxies of our own,
 * what the outermost of them has written down. What stands further left, anybody may have written.
 */
export function addressOf(proxies: number): (c: Context) => string | undefined {
  return (c) => {
    if (proxies === 0) return getConnInfo(c).remote.address
    const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
    return hops.at(-proxies) || getConnInfo(c).remote.address
  }
}
