import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { runCommand, startCommand } from '../../test/support/command.ts'
import { fillDataFolder } from '../../test/support/data-folder.ts'
import { retentionKinds } from '../domain/retention.ts'

const library = new URL('../../examples/library.txt', import.meta.url).pathname
const kiroSample = new URL('../../../shared/fixtures/kiro/spec-sample/', import.meta.url)

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talkwright-cli-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

it('says its version without a setting', async () => {
  const asked = startCommand(['--version'], {})
  const chunks: Buffer[] = (await asked.child.stdout?.toArray()) ?? []
  expect(Buffer.concat(chunks).toString()).toBe(`${manifest.version}\n`)
  expect(await asked.ended).toBe(0)
})

describe('talkwright plan and lint', () => {
  it('writes a spec that the linter finds no error in, and never over one that is there', async () => {
    const planned = await runCommand(['plan', library, '--out', folder], {})
    expect(planned.code).toBe(0)
    expect(planned.stderr).toMatch(/analysed .* requirements.*\n.*planned .* tasks/)
    const [result] = planned.lines
    const spec = String(result?.['folder'])
    expect(existsSync(join(folder, 'trace.json'))).toBe(true)
    for (const name of ['requirements.md', 'design.md', 'tasks.md', '.config.kiro', 'brief.json']) {
      expect(existsSync(join(spec, name))).toBe(true)
    }
    const linted = await runCommand(['lint', folder], {})
    expect(linted.code).toBe(0)
    expect(linted.lines.filter((line) => line['severity'] === 'error')).toEqual([])
    const again = await runCommand(['plan', library, '--out', folder], {})
    expect(again.code).toBe(1)
    expect(again.lines).toMatchObject([{ error: { code: 'spec_exists' } }])
  })

  it('writes the same bytes for the same talk', async () => {
    const folders = [join(folder, 'one'), join(folder, 'two')]
    const results = []
    for (const out of folders) {
      const { lines } = await runCommand(['plan', library, '--out', out], {})
      results.push(lines.at(-1))
    }
    expect(results[0]?.['hash']).toMatch(/^[0-9a-f]{64}$/)
    expect(results[1]?.['hash']).toBe(results[0]?.['hash'])
    const [one, two] = await Promise.all(
      folders.map((out) => readFile(join(out, 'trace.json'), 'utf8')),
    )
    expect(two).toBe(one)
  })

  it('says that a folder cannot be written when --out names a file', async () => {
    const file = join(folder, 'notes.txt')
    await writeFile(file, 'mine')
    const { code, lines } = await runCommand(['plan', library, '--out', file], {})
    expect(code).toBe(1)
    expect(lines).toMatchObject([{ error: { code: 'out_not_writable' } }])
    expect(await readFile(file, 'utf8')).toBe('mine')
  })

  it('exits 1 on an error and says where it is', async () => {
    const spec = join(folder, '.kiro/specs/broken')
    await mkdir(spec, { recursive: true })
    await writeFile(
      join(spec, 'tasks.md'),
      '# Implementation Plan: x\n\n## Overview\n\nNo.\n\n## Tasks\n\n- [ ] Bad\n',
    )
    const { code, lines } = await runCommand(['lint', folder], {})
    expect(code).toBe(1)
    expect(lines).toContainEqual(
      expect.objectContaining({ severity: 'error', line: 9, file: '.kiro/specs/broken/tasks.md' }),
    )
  })

  it('says what it found as JSON and as SARIF', async () => {
    const planned = await runCommand(['plan', library, '--out', folder], {})
    const spec = String(planned.lines[0]?.['folder'])
    await writeFile(join(spec, 'tasks.md'), '# Implementation Plan: x\n\n## Tasks\n\n- [ ] Bad\n')
    const asJson = await runCommand(['lint', folder, '--format', 'json'], {})
    expect(asJson.code).toBe(1)
    const [report] = asJson.lines
    expect(report).toMatchObject({ findings: expect.any(Array), errors: expect.any(Number) })
    const asSarif = await runCommand(['lint', folder, '--format', 'sarif'], {})
    expect(asSarif.code).toBe(1)
    expect(asSarif.lines).toMatchObject([
      { version: '2.1.0', runs: [{ tool: { driver: { name: 'talkwright' } } }] },
    ])
    const said = JSON.stringify(asSarif.lines)
    expect(said).toContain('"ruleId":"tasks/malformed-number"')
    expect(said).toContain('"ruleId":"scope/inferred"')
    expect((await runCommand(['lint', folder, '--format', 'xml'], {})).code).toBe(1)
    const device = await runCommand(['lint', '/dev/null'], {})
    expect(device).toMatchObject({ code: 1, lines: [{ error: { code: 'no_spec' } }] })
  })

  it('passes no file that it does not check', async () => {
    const { code, lines } = await runCommand(['lint', library], {})
    expect(code).toBe(1)
    expect(lines).toMatchObject([{ error: { code: 'no_spec' } }])
  })

  it('checks the steering files too', async () => {
    const steering = join(folder, '.kiro/steering')
    await mkdir(steering, { recursive: true })
    await writeFile(join(steering, 'tech.md'), '---\ninclusion: sometimes\n---\n\nText.\n')
    for (const target of [folder, join(steering, 'tech.md')]) {
      const { code, lines } = await runCommand(['lint', target], {})
      expect(code).toBe(1)
      expect(lines).toMatchObject([{ rule: 'steering/invalid' }])
    }
  })

  const present = existsSync(kiroSample)
  it.skipIf(!present)('finds no error in a spec that Kiro wrote itself (shared data)', async () => {
    const { code } = await runCommand(['lint', kiroSample.pathname], {})
    expect(code).toBe(0)
  })
})

describe('talkwright build', () => {
  it('says how to get the plan of a talk that the builder cannot carry out', async () => {
    const talk = join(folder, 'remote.txt')
    await writeFile(talk, 'Client: The app must remind members about overdue books.\n')
    const { code, lines } = await runCommand(['build', talk, '--out', join(folder, 'out')], {})
    expect(code).toBe(1)
    expect(lines.at(-1)).toMatchObject({
      error: { code: 'build_failed', message: expect.stringMatching(/`talkwright plan`/) },
    })
  })
})

describe('talkwright sweep', () => {
  it('counts what would go by the policy of the environment', async () => {
    await fillDataFolder(folder)
    const environment = { TALKWRIGHT_DATA: folder, TALKWRIGHT_RETENTION: 'events=never' }
    const { code, lines } = await runCommand(['sweep', '--dry-run'], environment)
    expect(code).toBe(0)
    expect(lines.map((line) => line['kind'])).toEqual(retentionKinds)
    expect(lines).toContainEqual({ event: 'retention', kind: 'events', rows: 0, dryRun: true })
  })
})

describe('talkwright keys', () => {
  it('shows a key once, lists it without the key, and revokes it', async () => {
    await fillDataFolder(folder)
    const environment = { TALKWRIGHT_DATA: folder }
    const created = await runCommand(['keys', 'create', '--name', 'script'], environment)
    const { id, key } = created.lines[0] ?? {}
    expect(key).toMatch(/^tw_/)
    const listed = await runCommand(['keys', 'list'], environment)
    expect(listed.lines).toMatchObject([{ id, name: 'script', state: 'valid' }])
    expect(JSON.stringify(listed.lines)).not.toContain(String(key))
    expect((await runCommand(['keys', 'revoke', String(id)], environment)).code).toBe(0)
    expect((await runCommand(['keys', 'revoke', String(id)], environment)).code).toBe(1)
  })

  it('says which option is wrong, before it opens anything', async () => {
    const wrong = [
      ['create', '--role', 'root'],
      ['create', '--name', ''],
      ['create', '--days', '9999'],
      ['revoke', 'mine'],
    ]
    for (const args of wrong) {
      const { code, lines } = await runCommand(['keys', ...args], { TALKWRIGHT_DATA: folder })
      expect([code, lines]).toMatchObject([1, [{ error: { code: 'bad_option' } }]])
    }
    expect(existsSync(join(folder, 'database'))).toBe(false)
  })
})

describe('settings that are wrong', () => {
  it('end every command with what is wrong', async () => {
    const { code, lines } = await runCommand(['doctor'], { PORT: 'eighty' })
    expect(code).toBe(1)
    expect(lines).toMatchObject([{ error: { code: 'bad_config' } }])
  })
})

it('stops its runner without an alarm when Ctrl-C reaches the whole process group', async () => {
  await fillDataFolder(folder)
  const environment = { TALKWRIGHT_DATA: folder, PORT: '0' }
  const serve = startCommand(['serve'], environment, { detached: true })
  const { value } = await serve.lines[Symbol.asyncIterator]().next()
  expect(value).toMatchObject({ event: 'ready' })
  process.kill(-Number(serve.child.pid), 'SIGINT')
  expect(await serve.ended).toBe(0)
  expect(serve.stderr()).not.toMatch(/runner\.died/)
})

it('ends by itself when a command on the embedded database is done', async () => {
  const environment = { TALKWRIGHT_DATA: folder }
  const { lines, ended } = startCommand(['migrate'], environment)
  const { value } = await lines[Symbol.asyncIterator]().next()
  expect(value).toMatchObject({ event: 'migrated' })
  expect(await ended).toBe(0)
})

it('says what is there and what is missing', async () => {
  const { code, lines } = await runCommand(['doctor'], {
    TALKWRIGHT_DATA: folder,
    OPENAI_API_KEY: 'sk-none',
    TALKWRIGHT_MODELS: 'openai/gpt-4.1, offline',
  })
  expect(code).toBe(0)
  expect(lines.map((line) => line['name'])).toEqual([
    'node',
    'git',
    'data folder',
    'database',
    'Tavus',
    'models',
    'sandbox',
    'builder',
    'agent',
  ])
  expect(lines.find(({ name }) => name === 'models')?.['detail']).toBe('openai/gpt-4.1 > offline')
  expect((await readFile(join(folder, 'database/PG_VERSION'), 'utf8')).trim()).toMatch(/^\d+$/)
})
