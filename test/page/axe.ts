import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong on the page as it stands, with the places. */
export async function violations(page: Page): Promise<unknown[]> {
  await page.evaluate(source)
  const { violations: found } = await page.evaluate(async () => {
    const tool = (globalThis as unknown as { axe: typeof axe }).axe
    return tool.run({ resultTypes: ['violations'] })
  })
  return found.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary ?? ''}`),
  }))
}
