import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { runCommand, type RunningCommand, startCommand } from '../../test/support/command.ts'
import { makeDataFolder } from '../../test/support/data-folder.ts'

const adminKey = 'the-admin-key-of-the-command-tests'

const transcript = `Agent: What do you need?
Client: We need an app for our library. Members can borrow books.
Client: Each book has a title, an author and a year.
Agent: How long may a member keep a book?
Client: I'm not sure yet, we have to decide that.
`

describe('talkwright project', () => {
  let folder: string
  let server: RunningCommand
  let environment: Record<string, string>
  beforeAll(async () => {
    folder = await makeDataFolder('projects')
    const data = {
      TALKWRIGHT_DATA: folder,
      TALKWRIGHT_ADMIN_KEY: adminKey,
      PORT: '0',
    }
    server = startCommand(['serve', '--no-runner', '--no-sample'], data)
    const ready = await line(({ event }) => event === 'ready')
    environment = { TALKWRIGHT_URL: String(ready['url']), TALKWRIGHT_KEY: adminKey }
  })
  afterAll(async () => {
    server.child.kill('SIGTERM')
    await server.ended
    await rm(folder, { recursive: true, force: true })
  })

  /** Reads what the server says until a line is the one. */
  async function line(
    isIt: (line: Record<string, unknown>) => boolean,
  ): Promise<Record<string, unknown>> {
    for await (const one of server.lines) if (isIt(one)) return one
    throw new Error(`The server ended: ${server.stderr()}`)
  }

  const planned = (version: number) =>
    line((one) => one['type'] === 'plan.ready' && one['version'] === version)

  async function run(...args: string[]): Promise<Record<string, unknown>[]> {
    const { code, lines, stderr } = await runCommand(['project', ...args], environment)
    expect([code, lines.filter((one) => 'error' in one), stderr]).toEqual([0, [], stderr])
    return lines
  }

  it('takes a plan through an answer, an edit and a further talk', async () => {
    const made = await fetch(`${environment['TALKWRIGHT_URL']}/v1/conversations`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${adminKey}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ transcript }),
    })
    const { projectId: id } = z.object({ projectId: z.string() }).parse(await made.json())
    await planned(1)
    expect(await run('list')).toMatchObject([{ id, status: 'awaiting_approval' }])
    expect(await run('questions', id)).toMatchObject([
      { question: 'O1', text: 'How long may a member keep a book?', briefVersion: 1 },
    ])
    await run('answer', id, 'O1', 'A member can keep a book for three weeks.')
    await planned(2)
    expect(JSON.stringify(await run('diff', id))).toContain('three weeks')

    const copy = join(folder, 'copy')
    const [pulled] = await run('pull', id, '--out', copy)
    expect(pulled).toMatchObject({ event: 'plan.pulled', version: 2 })
    const { spec } = z
      .object({ spec: z.string() })
      .parse(JSON.parse(await readFile(join(copy, '.talkwright.json'), 'utf8')))
    const design = join(copy, spec, 'design.md')
    await writeFile(design, `${await readFile(design, 'utf8')}\nKept small on purpose.\n`)
    expect(await run('push', copy)).toMatchObject([{ event: 'plan.pushed', version: 3 }])

    const tasks = join(copy, spec, 'tasks.md')
    const good = await readFile(tasks, 'utf8')
    await writeFile(tasks, good.replace(/_Requirements: [^_]*_/, '_Requirements: 99.1_'))
    const refused = await runCommand(['project', 'push', copy], environment)
    expect(refused.code).toBe(1)
    expect(refused.lines).toContainEqual(
      expect.objectContaining({ rule: 'trace/unknown-reference', file: `${spec}/tasks.md` }),
    )
    expect(refused.lines.at(-1)).toMatchObject({ error: { code: 'plan_not_valid' } })

    const more = join(folder, 'more.txt')
    await writeFile(more, 'Client: Members can rate books.\n')
    expect(await run('add', id, more)).toMatchObject([{ event: 'talk.added', projectId: id }])
    await planned(4)
    expect(JSON.stringify(await run('diff', id, '--from', '1', '--to', '4'))).toContain('rate')
    await writeFile(tasks, `${good}\n`)
    const late = await runCommand(['project', 'push', copy], environment)
    expect(late.lines).toMatchObject([{ error: { code: 'plan_changed' } }])
  })

  it('lists as many projects as are asked for, and goes on where a list ended', async () => {
    const names = ['second.txt', 'third.txt']
    for (const name of names) {
      const body = JSON.stringify({ transcript: 'Client: Members can rate books.', filename: name })
      const headers = { Authorization: `Bearer ${adminKey}`, 'Content-Type': 'application/json' }
      const path = `${environment['TALKWRIGHT_URL']}/v1/conversations`
      expect((await fetch(path, { method: 'POST', headers, body })).status).toBe(201)
    }
    const all = (await run('list')).map(({ id }) => id)
    expect(all).toHaveLength(3)
    const [first, more] = await run('list', '--limit', '1')
    expect(first).toMatchObject({ id: all[0] })
    const rest = await run('list', '--limit', '2', '--after', String(more?.['next']))
    expect(rest.map(({ id }) => id)).toEqual(all.slice(1))
  })

  it('says what to do without a key, a server or a pulled plan', async () => {
    const code = async (args: string[], settings: Record<string, string>) =>
      (await runCommand(['project', ...args], settings)).lines
    expect(await code(['list'], {})).toMatchObject([{ error: { code: 'no_key' } }])
    const nobody = { ...environment, TALKWRIGHT_URL: 'http://127.0.0.1:9' }
    expect(await code(['list'], nobody)).toMatchObject([{ error: { code: 'server_unreachable' } }])
    expect(await code(['push', folder], environment)).toMatchObject([
      { error: { code: 'not_pulled' } },
    ])
    expect(await code(['diff', 'mine'], environment)).toMatchObject([
      { error: { code: 'bad_option' } },
    ])
  })
})
