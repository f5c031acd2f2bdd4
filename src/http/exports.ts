import { type OpenAPIHono, z } from '@hono/zod-openapi'
import { strToU8, zipSync } from 'fflate'
import type { Context } from 'hono'
import { briefDocument } from '../planning/brief-document.ts'
import { packOf } from '../planning/pack.ts'
import { getBrief } from '../store/briefs.ts'
import { asCaller } from '../store/caller.ts'
import type { Tx } from '../store/database.ts'
import type { HttpDeps, SignedIn } from './deps.ts'
import { invalidRequest } from './problem.ts'
import { makeRouter, projectId } from './router.ts'
import { tracedPlan } from './traced-plan.ts'

const Query = z.object({ version: z.coerce.number().int().min(1).max(2_147_483_647).optional() })

/** A file to be kept, under a name that holds nothing but the feature's. */
function fileOf(name: string, type: string) {
  return {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${name}"`,
  }
}

/** What can be taken away of a project as a file, read as the caller: row-level security decides. */
export function exportRoutes({ pipeline }: HttpDeps): OpenAPIHono<SignedIn> {
  const { database, clock } = pipeline
  const app = makeRouter()

  async function read<T>(
    c: Context<SignedIn>,
    run: (tx: Tx, id: string, version?: number) => Promise<T>,
  ): Promise<T> {
    const id = projectId(c.req.param())
    const query = Query.safeParse(c.req.query())
    if (!query.success) throw invalidRequest(query.error)
    return asCaller(database.db, c.get('principal'), (tx) => run(tx, id, query.data.version))
  }

  app.get('/v1/projects/:id/plan.zip', async (c) => {
    const traced = await read(c, tracedPlan)
    const entries = packOf(traced).map(({ path, content }) => [path, strToU8(content)] as const)
    const name = `${traced.draft.feature}.kiro.zip`
    const zip = new Uint8Array(zipSync(Object.fromEntries(entries)))
    return c.body(zip, 200, fileOf(name, 'application/zip'))
  })
  app.get('/v1/projects/:id/plan.pdf', async (c) => {
    const traced = await read(c, tracedPlan)
    // Fonts and their reader are large, and few ask for them.
    const { planPdf } = await import('../planning/pdf/plan-pdf.ts')
    const pdf = await planPdf(traced, clock())
    return c.body(pdf, 200, fileOf(`${traced.draft.feature}.pdf`, 'application/pdf'))
  })
  app.get('/v1/projects/:id/brief.md', async (c) => {
    const { brief } = await read(c, getBrief)
    const name = `${brief.feature}.brief.md`
    return c.body(briefDocument(brief), 200, fileOf(name, 'text/markdown; charset=utf-8'))
  })
  return app
}
