import type { Line } from '../lines.ts'
import type { RetiredLine } from '../tree.ts'
import type { Findings } from './report.ts'

/** A retired number must stand for nothing that is asked for now. */
export function checkRetired(
  retired: readonly (RetiredLine & { line: Line })[],
  live: ReadonlySet<string>,
  { report }: Findings,
): void {
  for (const { ref, line } of retired.filter(({ ref }) => live.has(ref))) {
    const message = `${ref} is retired and stands among the requirements too. Give what is new a new number.`
    report('req/number-reused', message, line)
  }
}
