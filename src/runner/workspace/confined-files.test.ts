import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { partsWithin, readConfined, writeConfined } from './confined-files.ts'

let outer = ''
let root = ''
beforeEach(async () => {
  outer = await realpath(await mkdtemp(path.join(tmpdir(), 'talkwright-confined-')))
  root = path.join(outer, 'root')
  await mkdir(root)
  await writeFile(path.join(outer, 'secret'), 'secret')
})
afterEach(() => rm(outer, { recursive: true }))

test('writes and reads below the root, by relative and absolute path', async () => {
  await writeConfined(root, 'a/b/c.txt', 'first', true)
  await writeConfined(root, path.join(root, 'a/b/c.txt'), '2', false)
  expect((await readConfined(root, 'a/./b/../b/c.txt', 100)).toString()).toBe('2')
})

test('makes a file once when it is to be new', async () => {
  await writeConfined(root, 'a', 'first', true)
  await expect(writeConfined(root, 'a', 'second', true)).rejects.toThrow(/EEXIST/)
})

test.each(['../secret', '/etc/passwd', '', '.', 'a\0b', '.git/config', 'sub/.GIT/hooks/x'])(
  'refuses the path %j',
  async (given) => {
    await expect(writeConfined(root, given, 'x', false)).rejects.toMatchObject({
      code: 'path_outside_workspace',
    })
    await expect(readConfined(root, given, 100)).rejects.toMatchObject({
      code: 'path_outside_workspace',
    })
  },
)

test('follows no link, neither as a file nor as a folder', async () => {
  await symlink(path.join(outer, 'secret'), path.join(root, 'file'))
  await symlink(outer, path.join(root, 'folder'))
  for (const given of ['file', 'folder/secret']) {
    await expect(readConfined(root, given, 100)).rejects.toThrow(/ELOOP|workspace/)
    await expect(writeConfined(root, given, 'x', false)).rejects.toThrow(/ELOOP|workspace/)
  }
  expect((await readConfined(outer, 'secret', 100)).toString()).toBe('secret')
})

test('reads regular files within the size limit only', async () => {
  await writeConfined(root, 'large', 'x'.repeat(101), true)
  await expect(readConfined(root, 'large', 100)).rejects.toMatchObject({ code: 'file_too_large' })
  await mkdir(path.join(root, 'folder'))
  await expect(readConfined(root, 'folder', 100)).rejects.toThrow(/ELOOP|workspace/)
})

test('writes to no pipe and no device, and does not wait for either', async () => {
  execFileSync('mkfifo', [path.join(root, 'pipe')])
  for (const given of ['pipe', 'pipe/file']) {
    await expect(readConfined(root, given, 100)).rejects.toThrow(/ENXIO|workspace/)
    await expect(writeConfined(root, given, 'x', false)).rejects.toThrow(/ENXIO|workspace/)
  }
  await expect(readConfined('/dev', 'null', 100)).rejects.toThrow(/workspace/)
  await expect(writeConfined('/dev', 'null', 'x', false)).rejects.toThrow(/workspace/)
})

test.skipIf(process.platform !== 'linux')(
  'is led out by no folder that turns into a link and back meanwhile',
  async () => {
    await mkdir(path.join(root, 'real'))
    await symlink(outer, path.join(root, 'link'))
    await writeFile(path.join(root, 'real', 'secret'), 'mine')
    const code = `
    const { renameSync } = require('node:fs')
    for (;;) for (const [from, to] of [['real', 'away'], ['link', 'real'], ['real', 'link'], ['away', 'real']])
      renameSync(from, to)`
    const turning = spawn(process.execPath, ['-e', code], { cwd: root, stdio: 'ignore' })
    const seen = new Set<string>()
    for (let look = 0; look < 2_000; look += 1) {
      const read = await readConfined(root, 'real/secret', 100).catch(() => 'refused')
      seen.add(read.toString())
    }
    turning.kill('SIGKILL')
    await once(turning, 'exit')
    expect(seen).toEqual(new Set(['mine', 'refused']))
  },
)

test('every path that passes stays below the root', () => {
  const part = fc.constantFrom('..', '.', 'a', 'b c', '.git', '', '...', '/', '\\', '~')
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      let inside: string[]
      try {
        inside = partsWithin('/root/of/it', parts.join('/'))
      } catch {
        return
      }
      expect(path.join('/root/of/it', ...inside).startsWith('/root/of/it/')).toBe(true)
      expect(inside).not.toContain('..')
    }),
  )
})
