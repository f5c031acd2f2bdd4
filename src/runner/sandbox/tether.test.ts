import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { buildMark } from '../process/marked.ts'
import { processesOf } from '../testing/victim.ts'
import { probeSandbox } from './probe.ts'

const program = fileURLToPath(new URL('../testing/dies-at-once.ts', import.meta.url))
const { type: found } = await probeSandbox('/usr/local/bin:/usr/bin:/bin')

test.skipIf(found !== 'works')(
  'a sandbox ends with a runner that is killed while the sandbox is being opened',
  async () => {
    const root = await realpath(await mkdtemp(path.join(tmpdir(), 'talkwright-tether-')))
    try {
      for (let round = 0; round < 3; round += 1) {
        const id = `bld_${randomUUID()}`
        const runner = spawn(process.execPath, [program, root, id], { stdio: 'inherit' })
        const [code, signal] = await once(runner, 'exit')
        expect([code, signal]).toEqual([null, 'SIGKILL'])
        // Whose parent is gone tells nobody of its end, so the table of processes has to be looked at.
        const left = () => processesOf(root, `${buildMark}=${id}`)
        await expect.poll(left).toEqual([])
      }
    } finally {
      await rm(root, { recursive: true, force: true })
    }
  },
)
