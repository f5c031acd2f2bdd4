import type { TraceLink } from '../../domain/plan.ts'
import type { LocatedRequirement } from '../requirement-blocks.ts'
import { readTaskTree } from '../task-tree.ts'
import type { TaskNode } from '../task-tree.ts'
import { referencesOf } from '../tasks.ts'
import type { Finding } from '../tree.ts'
import { findingsOf } from './report.ts'
import type { SpecFile } from './report.ts'

/** What a criterion's link says of where it comes from. */
export type ScopeLink = Pick<TraceLink, 'ref' | 'inferred'>

/** Criteria that nobody asked for, and the tasks that carry out nothing else and are not optional. */
export function lintScope(
  { file, found }: { file: SpecFile; found: readonly LocatedRequirement[] },
  tasks: SpecFile | undefined,
  trace: readonly ScopeLink[],
): Finding[] {
  const inferred = new Map(
    trace.flatMap(({ ref, inferred: why }) => (why === undefined ? [] : [[ref, why] as const])),
  )
  if (inferred.size === 0) return []
  const findings = findingsOf(file)
  for (const { number, criteria } of found) {
    for (const { number: own, line } of criteria) {
      const why = inferred.get(`${number}.${own}`)
      if (why === undefined) continue
      findings.report('scope/inferred', `Nobody asked for ${number}.${own}. ${why}`, line)
    }
  }
  const nodes = tasks ? readTaskTree(tasks.lines).nodes : []
  return [...findings.all, ...(tasks ? requiredTasks(tasks, nodes, new Set(inferred.keys())) : [])]
}

function requiredTasks(
  file: SpecFile,
  nodes: readonly TaskNode[],
  inferred: ReadonlySet<string>,
): Finding[] {
  const findings = findingsOf(file)
  for (const { task, line, body, children } of nodes) {
    if (task.optional) continue
    findings.all.push(...requiredTasks(file, children, inferred))
    const refs = body.flatMap((one) => referencesOf(one)?.refs ?? [])
    if (refs.length === 0 || !refs.every((ref) => inferred.has(ref))) continue
    const message = `Task ${task.number} carries out only what nobody asked for. Mark it as optional: "- [ ]* ${task.number}".`
    findings.report('scope/inferred-required', message, line)
  }
  return findings.all
}
