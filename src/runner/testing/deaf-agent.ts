import { writeFileSync } from 'node:fs'

/**
 * An agent for tests that asks for the same large file again and again, and stops listening as soon as
 * it has its prompt: `node deaf-agent.ts <requests>`.
 */
const say = (message: object) =>
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)

function answer({ id, method }: { id: number; method: string }): void {
  if (method === 'initialize') say({ id, result: { protocolVersion: 1 } })
  if (method === 'session/new') say({ id, result: { sessionId: 's' } })
  if (method !== 'session/prompt') return
  process.stdin.pause()
  writeFileSync('large', 'x'.repeat(2 * 1024 * 1024))
  const params = { sessionId: 's', path: `${process.cwd()}/large` }
  for (let count = 0; count < Number(process.argv[2]); count += 1) {
    say({ id: `read-${count}`, method: 'fs/read_text_file', params })
  }
}

let held = ''
process.stdin.setEncoding('utf8').on('data', (chunk: string) => {
  const lines = (held + chunk).split('\n')
  held = lines.pop() ?? ''
  for (const line of lines) answer(JSON.parse(line) as { id: number; method: string })
})
setInterval(() => undefined, 60_000)
