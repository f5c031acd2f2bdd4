import { execFile } from 'node:child_process'
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { probeSandbox } from './sandbox/probe.ts'
import { logTexts, playing, startRig } from './testing/rig.ts'
import { removeIndexLock } from './workspace/index-lock.ts'

const run = promisify(execFile)

const { type: found } = await probeSandbox('/usr/local/bin:/usr/bin:/bin')

/** A folder of the machine that no build has any business with. */
async function outsideFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), 'talkwright-outside-'))
  await mkdir(path.join(folder, 'inner'))
  await writeFile(path.join(folder, 'inner/precious'), 'of the machine')
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}

describe.skipIf(found !== 'works')('from a sandbox', () => {
  test('tests cannot lead the runner out of the workspace when it puts files back', async () => {
    await using outside = await outsideFolder()
    const agent = playing('lead-out', outside.folder)
    await using rig = await startRig({ script: '', config: { agent, sandbox: 'required' } })
    await rig.build()
    expect(await readdir(path.join(outside.folder, 'inner'))).toEqual(['precious'])
    expect(logTexts(rig.receiver.taken(), 'runner')).toContainEqual(
      expect.stringMatching(/^way\/inner\/ is not put back/),
    )
  })
})

test('removes the lock of the workspace’s own index alone', async () => {
  await using outside = await outsideFolder()
  const workspace = path.join(outside.folder, 'inner')
  const lock = path.join(outside.folder, 'index.lock')
  await writeFile(lock, '')
  await symlink(outside.folder, path.join(workspace, '.git'))
  await removeIndexLock(workspace)
  expect(await readdir(outside.folder)).toContain('index.lock')
  await rm(path.join(workspace, '.git'))
  await mkdir(path.join(workspace, '.git'))
  await rename(lock, path.join(workspace, '.git/index.lock'))
  await removeIndexLock(workspace)
  await removeIndexLock(workspace)
  expect(await readdir(path.join(workspace, '.git'))).toEqual([])
})

test.skipIf(process.platform === 'win32')(
  'removes a folder whose owner has locked himself out of it, and nothing that a link leads to',
  async () => {
    await using outside = await outsideFolder()
    const locked = path.join(outside.folder, 'locked')
    await mkdir(path.join(locked, 'deep/er'), { recursive: true })
    await symlink(path.join(outside.folder, 'inner'), path.join(locked, 'deep/link'))
    await chmod(path.join(locked, 'deep'), 0)
    // Root is locked out of nothing.
    const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined
    if (user) {
      for (const part of ['.', 'locked', 'locked/deep', 'locked/deep/er']) {
        await chown(path.join(outside.folder, part), user.uid, user.gid)
      }
    }
    const { href } = new URL('./workspace/remove-tree.ts', import.meta.url)
    const code = `const { removeTree } = await import(${JSON.stringify(href)}); await removeTree(${JSON.stringify(locked)})`
    await run(process.execPath, ['--input-type=module', '-e', code], { ...user, cwd: '/' })
    expect(await readdir(outside.folder)).toEqual(['inner'])
    expect(await readdir(path.join(outside.folder, 'inner'))).toEqual(['precious'])
  },
)

test.each(['assume-unchanged', 'skip-worktree', 'filter', 'repository'])(
  'completes no build whose commit is not what its tests ran on: %s',
  async (way) => {
    await using rig = await startRig({ script: '', config: { agent: playing('mislead-git', way) } })
    const { last } = await rig.build()
    expect(last.data.event).toMatchObject({ type: 'build.failed', code: 'commit_differs' })
  },
)

test('is shown no other commit in place of the one that is handed on', async () => {
  const agent = playing('mislead-git', 'replace')
  await using rig = await startRig({ script: '', config: { agent } })
  const { id, last } = await rig.build()
  expect(last.type).toBe('build.completed')
  const { folder = '' } = await rig.status(id)
  const show = ['--no-replace-objects', 'show', 'HEAD:lib/sum.js']
  const { stdout } = await run('git', show, { cwd: folder })
  expect(stdout).toContain('a + b')
})

test('takes the ends of lines that git stores otherwise for the same', async () => {
  const agent = playing('mislead-git', 'crlf')
  await using rig = await startRig({ script: '', config: { agent } })
  const { last } = await rig.build()
  expect(last.data.event).toMatchObject({ type: 'build.completed' })
})
