import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { buildEnvironment } from '../process/environment.ts'
import { startGroup } from '../process/child-process.ts'
import { defaultKiroSettings } from '../options.ts'
import { openKiro } from './kiro-connection.ts'
import { readNotes } from './testing/player-world.ts'

const player = fileURLToPath(new URL('./testing/kiro-player.ts', import.meta.url))

test('answers a request for a token with what to do, so that Kiro need not wait', async () => {
  const root = await mkdtemp(path.join(tmpdir(), 'talkwright-kiro-'))
  const [workspace, home] = [path.join(root, 'workspace'), path.join(root, 'home')]
  await mkdir(path.join(workspace, '.kiro/specs/demo'), { recursive: true })
  await mkdir(home)
  await writeFile(path.join(workspace, '.kiro/specs/demo/tasks.md'), '## Tasks\n')
  const answered = Promise.withResolvers<void>()
  const unused = () => Promise.reject(new Error('not to be called'))
  const job = {
    name: 'Demo',
    feature: 'demo',
    planHash: '',
    includeOptional: false,
    resumed: false,
    workspace,
    home,
    env: buildEnvironment('/usr/bin:/bin', home, 'bld_1'),
    start: startGroup,
    isConfined: false,
    openWorkbench: unused,
    openTickedTasks: unused,
    maxReturns: 0,
  }
  const agent = {
    name: 'kiro',
    command: process.execPath,
    args: [player, 'asks-for-token', ''],
    env: {},
    mode: 'kiro' as const,
  }
  const observer = {
    active: () => undefined,
    changed: () => undefined,
    spent: () => undefined,
    turn: () => undefined,
    received: () => undefined,
    log: (_: string, text: string) => text === 'answered' && answered.resolve(),
    ask: async () => ({ type: 'none' as const, end: 'expired' as const }),
  }
  try {
    await using kiro = openKiro(
      {
        options: { agent, permissions: { rules: [], otherwise: 'deny' }, graceMs: 500 },
        settings: defaultKiroSettings,
        job,
        observer,
        signal: new AbortController().signal,
        spend: () => undefined,
      },
      ['acp'],
    )
    await answered.promise
    expect(await kiro.loginAsked).toMatchObject({ code: 'agent_needs_login' })
    expect(readNotes(workspace)).toContainEqual({
      heard: expect.objectContaining({
        error: expect.objectContaining({
          code: -32000,
          message: expect.stringContaining('KIRO_API_KEY'),
        }),
      }),
    })
  } finally {
    await rm(root, { recursive: true, force: true })
  }
})
