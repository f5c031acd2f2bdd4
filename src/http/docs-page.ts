import { html } from 'hono/html'
import { z } from 'zod'

const Operation = z.looseObject({
  responses: z.record(z.string(), z.looseObject({ description: z.string().optional() })),
})
const Document = z.looseObject({
  info: z.object({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), Operation)).optional(),
})

/** The API's document as a plain page that needs no script. */
export function docsPage(document: unknown) {
  const { info, paths = {} } = Document.parse(document)
  const rows = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const good = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))
      return html`<tr>
        <td><code>${method.toUpperCase()}</code></td>
        <td><code>${path}</code></td>
        <td>${good?.[1].description ?? ''}</td>
      </tr>`
    }),
  )
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${info.title} API</title>
      </head>
      <body>
        <h1>${info.title} API ${info.version}</h1>
        <p>The whole description, with all shapes, is <a href="/openapi.json">openapi.json</a>.</p>
        <table>
          <thead>
            <tr>
              <th>Method</th>
              <th>Path</th>
              <th>Answer</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>
      </body>
    </html>`
}
