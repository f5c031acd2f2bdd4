import type { PlanFile } from '../../domain/plan.ts'
import type { PlanHash } from '../../domain/plan.ts'
import type { BuildFolder } from '../builds/build-folder.ts'
import { writeConfined } from './confined-files.ts'
import type { Git } from './git.ts'

/**
 * Fills a build's empty workspace: a fresh git repository on `main` that holds the plan's files
 * and nothing else. Gives the first commit.
 */
export async function fillWorkspace(
  folder: BuildFolder,
  git: Git,
  files: readonly PlanFile[],
  hash: PlanHash,
): Promise<string> {
  for (const file of files) await writeConfined(folder.workspace, file.path, file.content, true)
  await git('init', '--quiet', '--initial-branch=main', '--template=')
  await git('config', 'core.autocrlf', 'false')
  await git('add', '--all', '--force')
  await git('commit', '--quiet', '--no-verify', '--message', `spec: ${hash}`)
  return (await git('rev-parse', 'HEAD')).trim()
}
