import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { lockDirectory } from './directory-lock.ts'

/** A program that takes the folder, says its process id, and stays. */
function holder(folder: string): string {
  const module = new URL('./directory-lock.ts', import.meta.url).href
  return `import { lockDirectory } from ${JSON.stringify(module)}
    await lockDirectory(${JSON.stringify(folder)}, 'child')
    process.stdout.write(String(process.pid))
    setInterval(() => {}, 1000)`
}

describe('the lock of the data folder', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'talkwright-lock-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it('lets one of many take the folder and tells the others who has it', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => lockDirectory(folder, `token-${index}`)),
    )
    const taken = tries.filter((attempt) => attempt.status === 'fulfilled')
    const refused = tries.filter((attempt) => attempt.status === 'rejected')
    expect(taken).toHaveLength(1)
    for (const attempt of refused) expect(attempt.reason).toMatchObject({ code: 'data_in_use' })
    await taken[0]?.value.release()
    expect(await readdir(folder)).toEqual([])
  })

  it('can be taken again after its release', async () => {
    await (await lockDirectory(folder, 'first')).release()
    await (await lockDirectory(folder, 'second')).release()
    expect(await readdir(folder)).toEqual([])
  })

  it('is refused while another living process holds it and taken over when that one was killed', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', holder(folder)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    await expect(lockDirectory(folder, 'mine')).rejects.toMatchObject({
      code: 'data_in_use',
      details: { pid: child.pid },
    })
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    const lock = await lockDirectory(folder, 'mine')
    await lock.release()
    expect(await readdir(folder)).toEqual([])
  })

  it.skipIf(process.platform !== 'linux')(
    'is taken over from a killed process that its parent never asked for',
    async () => {
      // The shell starts the holder and becomes a sleep, which leaves every child a zombie.
      const parent = spawn(
        'sh',
        ['-c', '"$0" --input-type=module -e "$1" & exec sleep 60'].concat(
          process.execPath,
          holder(folder),
        ),
        { stdio: ['ignore', 'pipe', 'inherit'] },
      )
      try {
        const [pid] = (await once(parent.stdout, 'data')) as [Buffer]
        process.kill(Number(String(pid)), 'SIGKILL')
        await vi.waitFor(async () => (await lockDirectory(folder, 'mine')).release(), 5_000)
        expect(() => process.kill(Number(String(pid)), 0)).not.toThrow()
      } finally {
        parent.kill('SIGKILL')
      }
    },
  )

  it('is refused to another container while the owner gives signs of life, and only then', async () => {
    const path = join(folder, 'database.lock')
    // The same process id as ours, in a place whose ids we cannot ask about.
    const elsewhere = { pid: process.pid, token: 'theirs', born: '1', space: 'other-host pid:[1]' }
    await writeFile(path, JSON.stringify(elsewhere))
    await expect(lockDirectory(folder, 'mine')).rejects.toMatchObject({
      code: 'data_in_use',
      message: expect.stringContaining('another container') as unknown,
    })
    const minuteAgo = new Date(Date.now() - 60_000)
    await utimes(path, minuteAgo, minuteAgo)
    const lock = await lockDirectory(folder, 'mine')
    await utimes(path, minuteAgo, minuteAgo)
    await vi.waitFor(
      async () => expect((await stat(path)).mtimeMs).toBeGreaterThan(minuteAgo.getTime()),
      5_000,
    )
    await lock.release()
  })

  it('is taken over when an earlier version wrote it, whose process has gone', async () => {
    const gone = spawn(process.execPath, ['-e', ''])
    await once(gone, 'exit')
    const old = { pid: gone.pid, token: 'old', born: '1' }
    await writeFile(join(folder, 'database.lock'), JSON.stringify(old))
    await (await lockDirectory(folder, 'mine')).release()
    expect(await readdir(folder)).toEqual([])
  })

  it.each(['', 'not ours'])(
    'does not take over a lock that says %j, and says what to do about it',
    async (content) => {
      const path = join(folder, 'database.lock')
      await writeFile(path, content)
      await expect(lockDirectory(folder, 'mine')).rejects.toMatchObject({
        code: 'lock_unreadable',
        message: expect.stringMatching(`${path}.*delete`) as unknown,
      })
    },
  )
})
