import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { AppError } from '../domain/errors.ts'
import { lintSpec } from '../kiro/lint.ts'
import type { Finding } from '../kiro/tree.ts'
import type { Context } from './context.ts'

const specFiles = ['requirements.md', 'bugfix.md', 'design.md', 'tasks.md', '.config.kiro']
const maxFiles = 2_000

/** The files of a spec, and the Markdown files of a steering folder. */
function isChecked(path: string): boolean {
  return (
    specFiles.includes(basename(path)) ||
    (path.endsWith('.md') && basename(dirname(path)) === 'steering')
  )
}

interface SpecFile {
  path: string
  content: string
}

async function collect(
  folder: string,
  base: string,
  found: Map<string, SpecFile[]>,
): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== '.git') {
      await collect(path, base, found)
    } else if (entry.isFile() && isChecked(path)) {
      const files = found.get(folder) ?? []
      files.push({ path: relative(base, path), content: await readFile(path, 'utf8') })
      found.set(folder, files)
    }
    if (found.size > maxFiles) throw new AppError('too_many', 'There are too many specs here.')
  }
}

/** Each spec is linted for itself: references go between the files of one folder. */
async function readSpecs(target: string): Promise<SpecFile[][]> {
  const info = await stat(target).catch((cause: unknown) => {
    throw new AppError('file_unreadable', `${target} is not there.`, { cause })
  })
  if (info.isFile()) {
    if (!isChecked(target)) {
      throw new AppError(
        'no_spec',
        `${target} is no Kiro spec file. Those are called ${specFiles.join(', ')}.`,
      )
    }
    return [[{ path: target, content: await readFile(target, 'utf8') }]]
  }
  const found = new Map<string, SpecFile[]>()
  await collect(target, target, found)
  if (found.size === 0) {
    throw new AppError('no_spec', `There are no Kiro spec files below ${target}.`)
  }
  return [...found.values()]
}

function line(finding: Finding): string {
  const { file, severity, rule, message } = finding
  return `${file}:${finding.line}:${finding.column}  ${severity}  ${message}  ${rule}`
}

/** Checks Kiro spec files and gives true when there are no errors. */
export async function lintCommand(context: Context, target: string): Promise<boolean> {
  const findings = (await readSpecs(target)).flatMap((files) => lintSpec(files))
  for (const finding of findings) context.output.result(line(finding), finding)
  const errors = findings.filter((finding) => finding.severity === 'error').length
  const warnings = findings.length - errors
  if (!context.output.json) context.output.say(`${errors} errors, ${warnings} warnings`)
  return errors === 0
}
