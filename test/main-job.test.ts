import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { parseTasks, leafTasks } from '../src/kiro/tasks.ts'
import { chromiumPath, openBrowser } from './support/browser.ts'
import { runCommand, type RunningCommand, startCommand } from './support/command.ts'

const run = promisify(execFile)
const sampleTranscript = new URL(
  '../examples/sample/04-application.transcription_ready.json',
  import.meta.url,
).pathname

// Whole builds with all their tests run in here, on whatever machine; this only ends what hangs.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talkwright-job-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function commits(project: string): Promise<string[]> {
  const { stdout } = await run('git', ['log', '--format=%s'], { cwd: project })
  return stdout.trim().split('\n')
}

describe('talkwright build', () => {
  it('makes a tested project of a transcript, with a commit for each task that is ticked', async () => {
    const out = join(folder, 'out')
    const { code, lines, stderr } = await runCommand(['build', sampleTranscript, '--out', out], {})
    expect(stderr).toBe('Preparing a database in memory …\n')
    expect(code).toBe(0)
    expect(lines.at(-1)).toMatchObject({ event: 'built', folder: out })
    const spec = join(out, '.kiro/specs/yoga-studio-booking')
    const tasks = leafTasks(parseTasks(await readFile(join(spec, 'tasks.md'), 'utf8')).tasks)
    const done = tasks.filter((task) => task.state === 'completed').map((task) => task.number)
    const subjects = await commits(out)
    expect(done.length).toBeGreaterThan(0)
    for (const number of done) {
      expect(subjects.some((subject) => subject.startsWith(`task ${number}: `))).toBe(true)
    }
    const tests = await run('npm', ['test'], { cwd: out })
    expect(tests.stdout).toMatch(/fail 0/)
  })

  it('refuses a folder that is not empty and a file that is no transcript', async () => {
    const full = await runCommand(['build', sampleTranscript, '--out', process.cwd()], {})
    expect(full.code).toBe(1)
    expect(full.lines).toMatchObject([{ error: { code: 'out_not_empty' } }])
    const bad = await runCommand(['plan', '/dev/null', '--out', folder], {})
    expect(bad.code).toBe(1)
    expect(bad.lines).toMatchObject([{ error: { code: 'transcript_empty' } }])
  })
})

describe('talkwright serve on an empty database', () => {
  let data: string
  let server: RunningCommand
  let ended: { signIn: string; built: string }
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'talkwright-sample-'))
    server = startCommand(['serve', '--sample'], { TALKWRIGHT_DATA: data, PORT: '0' })
    ended = await followToEnd(server)
  })
  afterAll(async () => {
    server.child.kill('SIGTERM')
    await server.ended
    await rm(data, { recursive: true, force: true })
  })

  it('feeds itself the sample and ends in a built project', async () => {
    expect(existsSync(join(ended.built, 'package.json'))).toBe(true)
    expect(await commits(ended.built)).toContain('task 2.1: Add classes')
  })

  it.skipIf(chromiumPath === undefined)('shows it in the browser without a fault', async () => {
    expect(await faultsOfPage(ended.signIn)).toEqual([])
  })
})

describe('talkwright serve', () => {
  it('refuses a second process on the same data folder', async () => {
    const first = startCommand(['serve', '--no-runner'], { TALKWRIGHT_DATA: folder, PORT: '0' })
    for await (const line of first.lines) if (line['event'] === 'ready') break
    const second = await runCommand(['serve'], { TALKWRIGHT_DATA: folder, PORT: '0' })
    expect(second.code).toBe(1)
    expect(second.lines).toMatchObject([{ error: { code: 'data_in_use' } }])
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
  })
})

/** Reads what the server says until its project has ended. */
async function followToEnd(server: RunningCommand): Promise<{ signIn: string; built: string }> {
  let signIn = ''
  let built = ''
  for await (const line of server.lines) {
    if (line['event'] === 'ready') signIn = String(line['signIn'])
    if (line['type'] === 'build.completed') built = String(line['folder'])
    if (line['type'] !== 'project.status') continue
    if (line['to'] === 'completed') return { signIn, built }
    if (line['to'] === 'failed') throw new Error(String(line['reason']))
  }
  throw new Error(`The server ended: ${server.stderr()}`)
}

/** Signs in, opens the project and gives every error that the browser reported. */
async function faultsOfPage(signIn: string): Promise<string[]> {
  const browser = await openBrowser()
  try {
    const page = await browser.newPage()
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    await page.goto(signIn)
    await page
      .getByRole('link', { name: /studio/i })
      .first()
      .click()
    await page.getByText('Completed').first().waitFor()
    return faults
  } finally {
    await browser.close()
  }
}
