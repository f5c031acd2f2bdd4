import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { readdir, readFile, readlink } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CreateBuild } from '../../domain/build.ts'
import type { RunnerConfig } from '../main.ts'
import { apiKey } from './rig.ts'

const program = fileURLToPath(new URL('./runner-process.ts', import.meta.url))

/** A runner in a process of its own, to be killed. */
export interface Victim {
  url: string
  order(order: CreateBuild, key: string): Promise<Response>
  call(target: string): Promise<Response>
  /** Ends it at once, and resolves when it is gone. */
  kill(): Promise<void>
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** Starts a runner on a folder; what it prints as errors goes to ours. */
export async function startVictim(root: string, change: Partial<RunnerConfig>): Promise<Victim> {
  const child = spawn(process.execPath, [program, root, '', '', JSON.stringify(change)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [printed] = await once(child.stdout.setEncoding('utf8'), 'data')
  const url = String(printed).trim()
  const authorization = `Bearer ${apiKey}`
  return {
    url,
    order: (order, key) =>
      fetch(`${url}/v1/projects`, {
        method: 'POST',
        body: JSON.stringify(order),
        headers: { authorization, 'content-type': 'application/json', 'idempotency-key': key },
      }),
    call: (target) => fetch(url + target, { headers: { authorization } }),
    kill: () => killed(child),
  }
}

/** Resolves when what is asked for is so, looking again whenever something below the folder changes. */
export async function whenSo(folder: string, isSo: () => Promise<boolean>): Promise<void> {
  const changes = watch(folder, { recursive: true })
  try {
    // The listener stands before the look, so that no change falls between the two.
    for (let next = once(changes, 'change'); !(await isSo()); next = once(changes, 'change')) {
      await next
    }
  } finally {
    changes.close()
  }
}

/** The processes that a build of this folder has started: by their mark, or by where they stand. */
export async function processesOf(root: string, mark: string): Promise<number[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    names.map(async (name) => {
      const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '')
      const cwd = await readlink(`/proc/${name}/cwd`).catch(() => '')
      const isOurs = environment.split('\0').includes(mark) || cwd.startsWith(root + path.sep)
      return isOurs ? [Number(name)] : []
    }),
  )
  return found.flat()
}
