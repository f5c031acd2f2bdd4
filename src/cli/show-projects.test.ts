import { expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import type { EventType, ProjectEvent } from '../domain/event.ts'
import { silentLog } from '../domain/log.ts'
import { uploadTranscript } from '../pipeline/upload.ts'
import { readEvents } from '../store/events.ts'
import { makeOutput } from './output.ts'
import { makeProjectShow } from './show-projects.ts'

const transcript = 'Client: We need an app where members can book rooms. Each room has a name.'

/** A terminal that remembers the seqs and types of what it was shown. */
function makeTerminal() {
  const lines: { seq: number; type: EventType }[] = []
  const waiting = new Set<() => void>()
  const write = (text: string) => {
    lines.push(JSON.parse(text) as (typeof lines)[number])
    for (const look of waiting) look()
  }
  return {
    lines,
    output: makeOutput({ stdout: { write }, stderr: { write: () => true } }, true),
    shown: (fits: (line: (typeof lines)[number]) => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => lines.some(fits) && resolve()
        waiting.add(look)
        look()
      }),
  }
}

onEveryDatabase('the terminal of a server', (database) => {
  it('shows each event once, and follows no project that rests', async () => {
    const { lines, output, shown } = makeTerminal()
    const stopped = new AbortController()
    const show = makeProjectShow({ output, log: silentLog, stopped: stopped.signal })
    const server: TestServer = await startTestServer(database(), {
      committed: (id) => {
        server.deps.live.committed(id)
        show.arrived(id)
      },
    })
    let followed = 0
    async function* follow(
      ...place: Parameters<typeof server.feed.follow>
    ): AsyncGenerator<ProjectEvent> {
      followed += 1
      try {
        yield* server.feed.follow(...place)
      } finally {
        followed -= 1
      }
    }
    try {
      show.begin({
        feed: { ...server.feed, follow },
        startedAt: new Date(),
        database: database(),
      })
      const { workspaceId, pipeline } = server
      const { projectId } = await uploadTranscript(pipeline, { workspaceId, transcript })
      const id = projectId ?? ''
      await shown(({ type }) => type === 'plan.ready')
      expect(followed).toBe(0)

      const said = { document: 'requirements.md', ref: '1.1', body: 'Why?' }
      expect((await server.call('POST', `/v1/projects/${id}/comments`, said)).status).toBe(200)
      await shown(({ type }) => type === 'comment.added')
      expect(followed).toBe(0)

      await server.call('POST', `/v1/projects/${id}/retry`, { from: 'plan' })
      await server.until(id, ({ body }) => body.type === 'plan.ready' && body.version === 2)
      await server.call('POST', `/v1/projects/${id}/cancel`)
      await server.until(
        id,
        ({ body }) => body.type === 'project.status' && body.to === 'cancelled',
      )
      const all = await readEvents(database().db, id, 0, 1_000)
      await shown(({ seq }) => seq === all.at(-1)?.seq)
      expect(lines.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq))
      expect(followed).toBe(0)
    } finally {
      stopped.abort()
      await server.stop()
    }
  })
})
