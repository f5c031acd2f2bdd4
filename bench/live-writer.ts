// Appends events to projects' logs in a process of its own, as a worker elsewhere does, and notes
// when each commit was over.
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { firstWorkspace } from '../src/store/workspaces.ts'
import { silentLog } from '../src/domain/log.ts'
import { createPostgresBus } from '../src/live/postgres-bus.ts'
import { agedProject, line } from '../src/ops/testing/aged.ts'
import { appendEvents } from '../src/store/events.ts'
import { openPostgres } from '../src/store/open-postgres.ts'
import { monotonicMs, serveChild } from './support/child.ts'
import {
  LiveWriterSettings,
  SeedProjects,
  WriteFast,
  WriteSteadily,
} from './support/live-settings.ts'

const text = 'x'.repeat(120)

async function open(settings: z.infer<typeof LiveWriterSettings>) {
  const database = await openPostgres({
    connectionString: settings.url,
    max: settings.connections,
    onError: () => undefined,
  })
  const bus = createPostgresBus(database.engine, {
    id: randomUUID(),
    log: silentLog,
    onPoke: () => undefined,
    onGap: () => undefined,
  })
  const seqs = new Map<string, number>()
  const moments: [string, number][] = []

  async function append(project: string, count: number): Promise<void> {
    const bodies = Array.from({ length: count }, () => line(text))
    await database.db.transaction().execute((tx) => appendEvents(tx, project, bodies))
    const at = monotonicMs()
    bus.poke(project)
    const last = (seqs.get(project) ?? 0) + count
    seqs.set(project, last)
    for (let seq = last - count + 1; seq <= last; seq += 1) moments.push([`${project} ${seq}`, at])
  }
  return { database, bus, moments, append }
}

type Writer = Awaited<ReturnType<typeof open>>

interface Pace {
  perSecond: number
  count: number
  /** The lanes begin one after the other, so that events come evenly and not all lanes' at once. */
  delayMs: number
}

/** One lane keeps to its own projects, so that their seqs are known without asking. */
async function lane(
  { append }: Writer,
  projects: string[],
  { perSecond, count, delayMs }: Pace,
): Promise<void> {
  const begin = monotonicMs() + delayMs
  for (let number = 0; number < count; number += 1) {
    const wait = begin + (number * 1_000) / perSecond - monotonicMs()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    await append(projects[number % projects.length] ?? '', 1)
  }
}

async function seed({ database: { db } }: Writer, count: number): Promise<string[]> {
  const workspace = await firstWorkspace(db)
  const stands = { status: 'building', at: new Date(), events: 0 } as const
  const ids: string[] = []
  while (ids.length < count) ids.push(await agedProject(db, workspace?.id ?? '', stands))
  return ids
}

await serveChild(LiveWriterSettings, async (settings) => {
  const writer = await open(settings)
  return {
    seed: async (argument) => seed(writer, SeedProjects.parse(argument).count),
    async steadily(argument) {
      const { projects, perSecond, seconds } = WriteSteadily.parse(argument)
      const lanes = Math.min(settings.connections, projects.length)
      const mine = (index: number) => projects.filter((_, at) => at % lanes === index)
      const pace = { perSecond: perSecond / lanes, count: Math.ceil((perSecond * seconds) / lanes) }
      await Promise.all(
        Array.from({ length: lanes }, (_, index) =>
          lane(writer, mine(index), { ...pace, delayMs: (index * 1_000) / perSecond }),
        ),
      )
      return lanes * pace.count
    },
    /** Resolves with the moment at which it began. */
    async fast(argument) {
      const { project, commits, perCommit } = WriteFast.parse(argument)
      const begin = monotonicMs()
      for (let number = 0; number < commits; number += 1) await writer.append(project, perCommit)
      return begin
    },
    /** The commits since the last question. */
    moments: async () => writer.moments.splice(0),
    async stop() {
      await writer.bus.close()
      await writer.database.close()
    },
  }
})
