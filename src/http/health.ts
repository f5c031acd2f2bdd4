import { Hono } from 'hono'
import type { HttpDeps } from './deps.ts'

/** `/livez`: the process answers. `/readyz`: it can take work. */
export function healthRoutes(deps: HttpDeps): Hono {
  const app = new Hono()
  app.get('/livez', (c) => c.json({ status: 'pass', version: deps.version }))
  app.get('/readyz', async (c) => {
    const faults = await deps.notReady()
    const status = faults.length === 0 ? 'pass' : 'fail'
    return c.json({ status, version: deps.version, faults }, status === 'pass' ? 200 : 503)
  })
  return app
}
