import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { assertNever } from '../domain/assert-never.ts'
import { AppError } from '../domain/errors.ts'
import { TraceDocument } from '../domain/trace.ts'
import { lintSpec } from '../kiro/lint.ts'
import type { ScopeLink } from '../kiro/lint/scope.ts'
import { sarifOf } from '../kiro/sarif.ts'
import type { Finding } from '../kiro/tree.ts'
import type { Context } from './context.ts'
import { findingLine } from './finding-line.ts'

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

interface Specs {
  /** What the files' paths are relative to. */
  base: string
  /** Each spec is linted for itself: references go between the files of one folder. */
  specs: SpecFile[][]
}

async function readSpecs(target: string): Promise<Specs> {
  const info = await stat(target).catch((cause: unknown) => {
    throw new AppError('file_unreadable', `${target} is not there.`, { cause })
  })
  if (!info.isDirectory()) {
    if (!info.isFile() || !isChecked(target)) {
      throw new AppError(
        'no_spec',
        `${target} is no Kiro spec file. Those are called ${specFiles.join(', ')}.`,
      )
    }
    const file = { path: target, content: await readFile(target, 'utf8') }
    return { base: '.', specs: [[file]] }
  }
  const found = new Map<string, SpecFile[]>()
  await collect(target, target, found)
  if (found.size === 0) {
    throw new AppError('no_spec', `There are no Kiro spec files below ${target}.`)
  }
  return { base: target, specs: [...found.values()] }
}

/** Where the criteria of a spec come from: the trace beside its `.kiro` folder, when it is this spec's. */
async function readTrace(base: string, files: readonly SpecFile[]): Promise<ScopeLink[]> {
  const folder = dirname(files[0]?.path ?? '')
  const file = resolve(base, folder, '../../..', 'trace.json')
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return []
  const trace = TraceDocument.safeParse(jsonOf(text))
  return trace.success && trace.data.feature === basename(folder) ? trace.data.criteria : []
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export type LintFormat = 'text' | 'json' | 'sarif'

/** Checks Kiro spec files and gives true when there are no errors. @throws AppError `no_spec`, `file_unreadable` */
export async function lintCommand(
  context: Context,
  target: string,
  format: LintFormat,
): Promise<boolean> {
  const findings: Finding[] = []
  const { base, specs } = await readSpecs(target)
  for (const files of specs) {
    findings.push(...lintSpec(files, await readTrace(base, files)))
  }
  const errors = findings.filter((finding) => finding.severity === 'error').length
  say(context, format, { base, findings, errors, warnings: findings.length - errors })
  return errors === 0
}

interface Report {
  base: string
  findings: readonly Finding[]
  errors: number
  warnings: number
}

function say({ output, version }: Context, format: LintFormat, { base, ...report }: Report): void {
  const { findings, errors, warnings } = report
  switch (format) {
    case 'json':
      output.result(JSON.stringify(report, null, 2), report)
      return
    case 'sarif': {
      // Code hosts look for the files from where the command ran.
      const placed = findings.map((one) => ({
        ...one,
        file: relative('', resolve(base, one.file)),
      }))
      const log = sarifOf(placed, version)
      output.result(JSON.stringify(log, null, 2), log)
      return
    }
    case 'text':
      for (const finding of findings) output.result(findingLine(finding), finding)
      if (!output.json) output.say(`${errors} errors, ${warnings} warnings`)
      return
    default:
      assertNever(format)
  }
}
