import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { onPostgres } from '../support/databases.ts'
import { findDeno } from '../support/find-parts.ts'

const root = resolve(import.meta.dirname, '../..')
const adminKey = 'admin-key-of-the-portable-test'
const tavusToken = 'callback-token-of-the-portable-test'
const deno = findDeno(root)

interface Edge {
  url: string
  stop: () => Promise<void>
}

async function startOnDeno(program: string, connectionString: string): Promise<Edge> {
  const settings = JSON.stringify({ connectionString, adminKey, tavusToken })
  const child = spawn(
    program,
    [
      'run',
      '--allow-all',
      '--no-check',
      '--node-modules-dir=manual',
      '--no-lock',
      join(root, 'test/portable/serve.ts'),
      settings,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } },
  )
  const errors: string[] = []
  child.stderr.on('data', (chunk) => errors.push(String(chunk)))
  const gone = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    const { port } = JSON.parse(line) as { port: number }
    return {
      url: `http://127.0.0.1:${port}`,
      stop: async () => {
        child.kill('SIGKILL')
        await gone
      },
    }
  }
  throw new Error(`Deno ended: ${errors.join('')}`)
}

async function untilPlanned(edge: Edge): Promise<{ id: string; status: string; title: string }> {
  const headers = { authorization: `Bearer ${adminKey}` }
  for (;;) {
    const response = await fetch(`${edge.url}/v1/projects`, { headers })
    const { items } = (await response.json()) as {
      items: { id: string; status: string; title: string }[]
    }
    const [project] = items
    if (project !== undefined && !['received', 'analysing', 'planning'].includes(project.status)) {
      return project
    }
    // The list has no stream; asking again at once would only keep the server busy.
    await new Promise((next) => setTimeout(next, 100))
  }
}

describe.skipIf(deno === undefined)('on Deno, as on an edge host', () => {
  onPostgres('the app', (databaseUrl) => {
    it('takes in a Tavus body, plans it and gives the project back', async () => {
      const edge = await startOnDeno(deno ?? 'deno', databaseUrl())
      try {
        const body = await readFile(
          join(root, 'examples/sample/04-application.transcription_ready.json'),
          'utf8',
        )
        const accepted = await fetch(`${edge.url}/webhooks/tavus/${tavusToken}`, {
          method: 'POST',
          body,
        })
        expect(accepted.status).toBe(202)
        const project = await untilPlanned(edge)
        expect(project).toMatchObject({ status: 'awaiting_approval' })
      } finally {
        await edge.stop()
      }
    })
  })
})
