import type { Line } from '../lines.ts'
import type { LocatedRequirement } from '../requirement-blocks.ts'
import type { Finding } from '../tree.ts'
import { findingsOf } from './report.ts'
import type { SpecFile } from './report.ts'

/** A criterion or requirement that a task or a property names, with its place. */
export interface LocatedReference {
  ref: string
  line: Line
  column: number
  /** The task that names it takes it away. */
  removes?: boolean
}

/** The places of the references in the line that names them, in order. */
export function locateReferences(line: Line, refs: readonly string[]): LocatedReference[] {
  let from = line.text.indexOf(':') + 1
  return refs.map((ref) => {
    const at = line.text.indexOf(ref, from)
    if (at < 0) return { ref, line, column: from + 1 }
    from = at + ref.length
    return { ref, line, column: at + 1 }
  })
}

/** `1` and `1.2` for every requirement and criterion. */
export function idsOf(requirements: readonly LocatedRequirement[]): Set<string> {
  return new Set(
    requirements.flatMap(({ number, criteria }) => [
      `${number}`,
      ...criteria.map((criterion) => `${number}.${criterion.number}`),
    ]),
  )
}

/** References to what the spec does not have, or asks for no more. */
export function lintReferences(
  file: SpecFile,
  references: readonly LocatedReference[],
  { known, retired }: Record<'known' | 'retired', ReadonlySet<string>>,
): Finding[] {
  const findings = findingsOf(file)
  const isKnown = (ref: string): boolean => known.has(ref) || retired.has(ref)
  for (const { ref, line, column, removes } of references) {
    if (removes === true || known.has(ref) || !retired.has(ref)) continue
    const message = `${ref} is retired. Name what is asked for now; only a task "Remove …" may name it.`
    findings.report('trace/retired-reference', message, line, column)
  }
  for (const { ref, line, column } of references.filter(({ ref }) => !isKnown(ref))) {
    const name = ref.slice(0, 60)
    const message = `There is no requirement or criterion ${name}. Name one as 1 or 1.2.`
    findings.report('trace/unknown-reference', message, line, column)
  }
  return findings.all
}

/** Requirements that no task carries out, and criteria that none names. */
export function lintCoverage(
  file: SpecFile,
  requirements: readonly LocatedRequirement[],
  references: readonly LocatedReference[],
): Finding[] {
  const findings = findingsOf(file)
  const named = new Set(references.map(({ ref }) => ref))
  for (const { number, line, criteria } of requirements) {
    if (named.has(`${number}`)) continue
    const open = criteria.filter((criterion) => !named.has(`${number}.${criterion.number}`))
    if (open.length === criteria.length) {
      const message = `No task names requirement ${number}. Add it to a task's _Requirements: …_.`
      findings.report('trace/uncovered-requirement', message, line)
      continue
    }
    for (const criterion of open) {
      const message = `No task names criterion ${number}.${criterion.number}.`
      findings.report('trace/uncovered-criterion', message, criterion.line)
    }
  }
  return findings.all
}
