// Uploads a transcript, follows the project's events as they happen, and ends when there is a plan.
//
//   TALKWRIGHT_KEY=… node examples/follow-project.ts http://127.0.0.1:4870 examples/library.txt
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const Created = z.object({ projectId: z.string().nullable() })
const Event = z.object({ seq: z.number(), body: z.looseObject({ type: z.string() }) })

/** The events of a project from the first on, by server-sent events. */
async function* events(server: string, key: string, projectId: string) {
  const response = await fetch(`${server}/v1/projects/${projectId}/events`, {
    headers: { authorization: `Bearer ${key}`, accept: 'text/event-stream' },
  })
  let rest = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const messages = (rest + chunk).split('\n\n')
    rest = messages.pop() ?? ''
    for (const message of messages) {
      const data = /^data: ?(.+)$/m.exec(message)?.[1]
      if (data !== undefined) yield Event.parse(JSON.parse(data))
    }
  }
}

/** Uploads a transcript and gives the types of its events up to the plan. */
export async function followToPlan(server: string, key: string, file: string): Promise<string[]> {
  const response = await fetch(`${server}/v1/conversations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ transcript: await readFile(file, 'utf8'), filename: file }),
  })
  if (!response.ok) throw new Error(await response.text())
  const { projectId } = Created.parse(await response.json())
  if (projectId === null) throw new Error('Nobody spoke in this transcript.')
  const seen: string[] = []
  for await (const { body } of events(server, key, projectId)) {
    seen.push(body.type)
    if (body.type === 'plan.ready' || body.type === 'stage.failed') break
  }
  return seen
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [server = 'http://127.0.0.1:4870', file = 'examples/library.txt'] = process.argv.slice(2)
  const seen = await followToPlan(server, process.env['TALKWRIGHT_KEY'] ?? '', file)
  process.stdout.write(`${seen.join('\n')}\n`)
}
