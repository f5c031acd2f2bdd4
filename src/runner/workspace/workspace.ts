import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { PlanFile } from '../../domain/plan.ts'
import type { PlanHash } from '../../domain/plan.ts'
import type { BuildFolder } from '../builds/build-folder.ts'
import { writeConfined } from './confined-files.ts'
import type { Git } from './git.ts'

/** What builds and tests leave behind, whatever the project's own `.gitignore` says of it. */
export const leftBehind: readonly string[] = [
  'node_modules/',
  'dist/',
  'build/',
  'coverage/',
  'target/',
  '.next/',
  '.cache/',
  '.venv/',
  '__pycache__/',
  '*.log',
  '*.tsbuildinfo',
  '.DS_Store',
]

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
  await mkdir(path.join(folder.workspace, '.git', 'info'))
  await writeFile(
    path.join(folder.workspace, '.git', 'info', 'exclude'),
    `${leftBehind.join('\n')}\n`,
  )
  await git('add', '--all', '--force')
  await git('commit', '--quiet', '--no-verify', '--message', `spec: ${hash}`)
  return (await git('rev-parse', 'HEAD')).trim()
}
