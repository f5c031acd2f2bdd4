import { Hono } from 'hono'
import type { Backlog } from '../domain/backlog.ts'
import type { HttpDeps } from './deps.ts'

/** Null when it cannot be read; that the database is away is one of the faults already. */
async function readBacklog({ gauge }: HttpDeps): Promise<Backlog | null> {
  try {
    return await gauge.backlog()
  } catch {
    return null
  }
}

/** `/livez`: the process answers. `/readyz`: it can take work. */
export function healthRoutes(deps: HttpDeps): Hono {
  const app = new Hono()
  app.get('/livez', (c) => c.json({ status: 'pass', version: deps.version }))
  app.get('/readyz', async (c) => {
    const [faults, queue] = await Promise.all([deps.notReady(), readBacklog(deps)])
    const status = faults.length === 0 ? 'pass' : 'fail'
    // A long queue is no reason to be taken out of rotation: what comes in is still stored, and the
    // queue is the same one behind every other server, which would be taken out with this one.
    return c.json({ status, version: deps.version, faults, queue }, status === 'pass' ? 200 : 503)
  })
  return app
}
