import { AppError } from '../domain/errors.ts'
import { blocksOf } from './blocks.ts'
import { bugfixBlocks } from './bugfix.ts'
import { parseConfig } from './config.ts'
import { openFence, readLines } from './lines.ts'
import { bugfixStatements, lintBugfix } from './lint/bugfix.ts'
import { lintDesign, propertyReferences } from './lint/design.ts'
import { findingsOf } from './lint/report.ts'
import type { SpecFile } from './lint/report.ts'
import { lintRequirements } from './lint/requirements.ts'
import { lintTasks, taskReferences } from './lint/tasks.ts'
import type { RuleId } from './lint/rules.ts'
import { lintScope, type ScopeLink } from './lint/scope.ts'
import { idsOf, lintCoverage, lintReferences } from './lint/trace.ts'
import { readRetired } from './retired.ts'
import { readRequirements, startsPart } from './requirement-blocks.ts'
import { parseSteering } from './steering.ts'
import type { Finding } from './tree.ts'

/** Raised whenever a rule comes, goes or judges differently, for the manifests of plans. */
export const lintVersion = '1'

interface SourceFile {
  path: string
  content: string
}

/** More findings than this are cut, the warnings first. */
const MAX_FINDINGS = 2_000

/**
 * Checks the files of one or more spec folders and of the steering folder; files of other names
 * are passed over. Rules between files hold within a folder, for the files that are there.
 *
 * @param trace where the criteria of the one spec among the files come from, to find what nobody asked for
 * @throws AppError `document_too_large`
 */
export function lintSpec(
  files: readonly SourceFile[],
  trace: readonly ScopeLink[] = [],
): Finding[] {
  const folders = Map.groupBy(files, ({ path }) => folderOf(path))
  const findings = [...folders].flatMap(([folder, inside]) =>
    /(?:^|[\\/])steering$/.test(folder) ? inside.flatMap(lintSteering) : lintFolder(inside, trace),
  )
  if (findings.length <= MAX_FINDINGS) return findings.sort(byPlace)
  return findings.sort(bySeverity).slice(0, MAX_FINDINGS).sort(byPlace)
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error')
}

function lintFolder(files: readonly SourceFile[], trace: readonly ScopeLink[]): Finding[] {
  const open = (name: string): SpecFile | undefined => {
    const file = files.find(({ path }) => nameOf(path) === name)
    return file && { path: file.path, lines: readLines(file.content) }
  }
  const requirements = open('requirements.md')
  const bugfix = open('bugfix.md')
  const design = open('design.md')
  const tasks = open('tasks.md')
  const documents = [requirements, bugfix, design, tasks].filter((file) => file !== undefined)
  const blocks = requirements ? blocksOf(requirements.lines, startsPart) : []
  const found = readRequirements(blocks)
  const known = idsOf(found)
  const retired = new Set(
    readRetired(bugfix ? bugfixBlocks(bugfix.lines) : blocks).map(({ ref }) => ref),
  )
  for (const { number } of bugfix ? bugfixStatements(bugfix) : []) known.add(number)
  const named = tasks ? taskReferences(tasks) : []
  const canTrace = requirements !== undefined || bugfix !== undefined
  return [
    ...documents.flatMap(lintFences),
    ...(requirements ? lintRequirements(requirements) : []),
    ...(bugfix ? lintBugfix(bugfix) : []),
    ...(design ? lintDesign(design, bugfix !== undefined) : []),
    ...(tasks ? lintTasks(tasks, bugfix !== undefined) : []),
    ...(design && canTrace
      ? lintReferences(design, propertyReferences(design), { known, retired })
      : []),
    ...(tasks && canTrace ? lintReferences(tasks, named, { known, retired }) : []),
    ...(tasks && requirements ? lintCoverage(requirements, found, named) : []),
    ...(requirements ? lintScope({ file: requirements, found }, tasks, trace) : []),
    ...files.filter(({ path }) => nameOf(path) === '.config.kiro').flatMap(lintConfig),
  ]
}

function lintFences(file: SpecFile): Finding[] {
  const findings = findingsOf(file)
  const line = openFence(file.lines)
  if (line) findings.report('markdown/open-fence', 'The code block is never closed.', line)
  return findings.all
}

function lintConfig(file: SourceFile): Finding[] {
  return lintByParsing(file, 'config/invalid', () => parseConfig(file.content))
}

function lintSteering(file: SourceFile): Finding[] {
  return lintByParsing(file, 'steering/invalid', () => parseSteering(file.content))
}

function lintByParsing(file: SourceFile, rule: RuleId, parse: () => unknown): Finding[] {
  const findings = findingsOf(file)
  try {
    parse()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    findings.report(rule, error.message)
  }
  return findings.all
}

function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  return a.line - b.line || a.column - b.column
}

function bySeverity(a: Finding, b: Finding): number {
  return Number(a.severity === 'warning') - Number(b.severity === 'warning')
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'), 0))
}

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}
