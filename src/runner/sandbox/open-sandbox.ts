import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../domain/errors.ts'
import { createBubblewrap, type StandIns } from './bubblewrap.ts'
import { probeSandbox } from './probe.ts'
import type { Sandbox } from './sandbox.ts'
import { createUnconfined } from './unconfined.ts'

/**
 * Whether builds run in a sandbox: where the machine has one (then only the built-in scaffolder may
 * do without), never, or not at all without one.
 */
export type SandboxMode = 'auto' | 'off' | 'required'

export interface SandboxOptions {
  mode: SandboxMode
  /** The runner's folder. */
  root: string
  searchPath: string
  /** Whether the agent is Talkwright's own, which runs nothing that it did not write itself. */
  isOwnAgent: boolean
}

async function writeStandIns(root: string): Promise<StandIns> {
  const folder = path.join(root, '.sandbox')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const write = async (name: string, text: string) => {
    const file = path.join(folder, name)
    await writeFile(file, text)
    return file
  }
  return {
    hosts: await write('hosts', '127.0.0.1 localhost build\n::1 localhost\n'),
    passwd: await write('passwd', 'build:x:1000:1000::/tmp:/bin/sh\n'),
    group: await write('group', 'build:x:1000:\n'),
  }
}

/**
 * Opens what builds run in.
 *
 * @throws AppError `sandbox_missing` when there has to be a sandbox and this machine has none.
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { mode, root, searchPath, isOwnAgent } = options
  if (mode === 'off') return createUnconfined('TALKWRIGHT_SANDBOX is off.')
  const probed = await probeSandbox(searchPath)
  if (probed.type === 'works') {
    return createBubblewrap(probed.bubblewrap, await writeStandIns(root), searchPath)
  }
  if (mode === 'required' || !isOwnAgent) throw missing(probed.reason)
  return createUnconfined(probed.reason)
}

function missing(reason: string): AppError {
  return new AppError(
    'sandbox_missing',
    `There is no sandbox for agents on this machine. ${reason} To let agents run with all rights of this user, set TALKWRIGHT_SANDBOX=off.`,
    { status: 501 },
  )
}
