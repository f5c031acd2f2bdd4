import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockDirectory } from './directory-lock.ts'

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
    const module = new URL('./directory-lock.ts', import.meta.url).href
    const code = `import { lockDirectory } from ${JSON.stringify(module)}
      await lockDirectory(${JSON.stringify(folder)}, 'child')
      process.stdout.write('locked')
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
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

  it('does not take over a lock that it cannot read', async () => {
    await writeFile(join(folder, 'database.lock'), 'not ours')
    await expect(lockDirectory(folder, 'mine')).rejects.toMatchObject({ code: 'data_in_use' })
  })
})
