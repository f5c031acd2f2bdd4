import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Brief } from '../../../domain/brief.ts'
import { createOfflinePlanner } from '../../../planning/offline/planner.ts'

const run = promisify(execFile)

/** A fresh repository that holds a plan, as the runner lays it out. */
export interface Workspace extends AsyncDisposable {
  folder: string
  feature: string
  git: (...args: string[]) => Promise<string>
}

/** A folder of its own that is removed at the end of the scope. */
export async function temporaryFolder(): Promise<AsyncDisposable & { folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'scaffold-'))
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

export async function plannedWorkspace(brief: Brief): Promise<Workspace> {
  const place = await temporaryFolder()
  const { folder } = place
  const plan = await createOfflinePlanner().plan({ brief, specId: 'a-spec' })
  await writeFiles(folder, new Map(plan.files.map((file) => [file.path, file.content])))
  const git = async (...args: string[]): Promise<string> => {
    const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org']
    const { stdout } = await run('git', [...identity, ...args], { cwd: folder })
    return stdout
  }
  await git('init', '--quiet')
  await git('add', '--all')
  await git('commit', '--quiet', '--message', 'plan')
  return { ...place, feature: plan.feature, git }
}

export async function writeFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [name, content] of files) {
    const file = path.join(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, content)
  }
}
