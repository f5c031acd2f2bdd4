// The page in a real browser on a real server: how its frames come while a build's log streams in.
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { silentLog } from '../src/domain/log.ts'
import { createPostgresBus } from '../src/live/postgres-bus.ts'
import { agedBuild, agedProject } from '../src/ops/testing/aged.ts'
import { appendEvents } from '../src/store/events.ts'
import { openPostgres } from '../src/store/open-postgres.ts'
import { firstWorkspace } from '../src/store/workspaces.ts'
import { chromiumPath, openBrowser } from '../test/support/browser.ts'
import { type BenchContext, eachRound } from './support/bench.ts'
import { emitSkipped } from './support/output.ts'
import { startServe } from './support/serve.ts'
import { ascending, percentile } from './support/stats.ts'

/** A screen at 60 Hz shows a frame every 16.7 ms; of two that are missed people see the jerk. */
const jerkMs = 50

/** Begins to note when the page draws, and every task that keeps it from that for 50 ms and longer. */
const startWatch = `(() => {
  const watch = { frames: [], long: 0, from: performance.now() }
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watch.long += duration
  })
  observer.observe({ type: 'longtask' })
  let next
  const frame = (at) => {
    watch.frames.push(at)
    next = requestAnimationFrame(frame)
  }
  next = requestAnimationFrame(frame)
  globalThis.endWatch = () => {
    cancelAnimationFrame(next)
    observer.disconnect()
    return { ...watch, ms: performance.now() - watch.from }
  }
})()`

const readWatch = 'endWatch()'

const Watch = z.object({ frames: z.array(z.number()), long: z.number(), ms: z.number() })

interface Lines {
  count: number
  perSecond: number
}

type Writer = Awaited<ReturnType<typeof openWriter>>

/** Writes lines of a build's log as a builder tells them: twenty times a second, many together. */
async function openWriter(url: string) {
  const database = await openPostgres({ connectionString: url, max: 2, onError: () => undefined })
  const { db } = database
  const workspace = await firstWorkspace(db)
  const workspaceId = workspace?.id ?? ''
  const at = new Date()
  const project = await agedProject(db, workspaceId, { status: 'building', at, events: 1 })
  const stands = { projectId: project, finishedAt: null, events: 0, applied: 0 }
  const build = await agedBuild(db, workspaceId, stands)
  const bus = createPostgresBus(database.engine, {
    id: randomUUID(),
    log: silentLog,
    onPoke: () => undefined,
    onGap: () => undefined,
  })
  const text = (n: number) => `${n} reads src/parts/table.ts and writes ${'words '.repeat(n % 20)}`
  return {
    project,
    async write({ count, perSecond }: Lines): Promise<void> {
      const perCommit = perSecond / 20
      const begin = performance.now()
      for (let done = 0; done < count; done += perCommit) {
        const wait = begin + (done * 1_000) / perSecond - performance.now()
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
        const events = Array.from({ length: perCommit }, (_, index) => ({
          type: 'build.log' as const,
          kind: 'agent' as const,
          text: text(done + index),
          build,
        }))
        await db.transaction().execute((tx) => appendEvents(tx, project, events))
        bus.poke(project)
      }
    },
    async close(): Promise<void> {
      await bus.close()
      await database.close()
    },
  }
}

/** Ends the watch and notes how the frames came; gives how long it was, in milliseconds. */
async function noteFrames({ figures }: BenchContext, page: Page, subject: string): Promise<number> {
  const { frames, long, ms } = Watch.parse(await page.evaluate(readWatch))
  const gaps = ascending(frames.slice(1).map((at, index) => at - (frames[index] ?? at)))
  figures.add(subject, 'frames', '/s', (frames.length * 1_000) / ms)
  figures.add(subject, 'between frames p50', 'ms', percentile(gaps, 0.5))
  figures.add(subject, 'between frames p99', 'ms', percentile(gaps, 0.99))
  figures.add(subject, 'between frames, longest', 'ms', gaps.at(-1) ?? 0)
  const jerky = gaps.filter((gap) => gap > jerkMs).reduce((sum, gap) => sum + gap, 0)
  figures.add(subject, 'time in gaps over 50 ms', '%', (jerky / ms) * 100)
  figures.add(subject, 'time in long tasks', '%', (long / ms) * 100)
  return ms
}

async function streamIn(context: BenchContext, page: Page, writer: Writer, lines: Lines) {
  await page.evaluate(startWatch)
  await writer.write(lines)
  await page.getByText(`${lines.count.toLocaleString('en')} lines`).waitFor()
  await noteFrames(context, page, 'lines that stream in')
}

async function scrollMeanwhile(context: BenchContext, page: Page, writer: Writer, lines: Lines) {
  await page.getByRole('region', { name: 'Lines of the log' }).hover()
  await page.evaluate(startWatch)
  const writing = writer.write(lines)
  for (let turn = 0; turn < 60; turn += 1) await page.mouse.wheel(0, turn < 40 ? -400 : 400)
  await writing
  await noteFrames(context, page, 'scrolling while more come')
}

async function openAll(context: BenchContext, page: Page, lines: number) {
  await page.addInitScript(startWatch)
  await page.reload()
  await page.getByText(`${lines.toLocaleString('en')} lines`).waitFor()
  const subject = 'opened with all lines'
  context.figures.add(
    subject,
    'until they are there',
    'ms',
    await noteFrames(context, page, subject),
  )
}

async function measure(context: BenchContext): Promise<void> {
  const lines = context.quick
    ? { count: 1_000, perSecond: 1_000 }
    : { count: 10_000, perSecond: 1_000 }
  const database = await context.cluster.freshDatabase()
  const server = await startServe(database.url)
  const writer = await openWriter(database.url)
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } })
    await page.goto(server.signIn)
    await page.goto(`${new URL(server.signIn).origin}/projects/${writer.project}/build`)
    await page.getByText('Nothing was logged yet.').waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    await streamIn(context, page, writer, lines)
    const more = { ...lines, count: lines.perSecond * 3 }
    await scrollMeanwhile(context, page, writer, more)
    await openAll(context, page, lines.count + more.count)
  } finally {
    await browser.close()
    await writer.close()
    await server.stop()
    await database.drop()
  }
}

/** Needs a Chromium; draws without a graphics card, so that frames cost more than on a desk. */
export async function pageBench(context: BenchContext): Promise<void> {
  if (chromiumPath === undefined) {
    emitSkipped('page', 'the page', 'there is no Chromium')
    return
  }
  execFileSync(process.execPath, [join('scripts', 'build-page.ts')], { stdio: ['ignore', 2, 2] })
  await eachRound(context, () => measure(context))
  context.figures.print(() => ({}))
}
