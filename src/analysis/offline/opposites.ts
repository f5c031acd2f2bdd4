import type { Finding } from './findings.ts'
import { anything } from './state-deed.ts'

/**
 * One denies what the other asks for. A denial with words of its own (`not after six`) only narrows
 * what is allowed, so it must say no more than the other does.
 */
export function saysOpposite(first: Finding, second: Finding): boolean {
  const [a, b] = [first.clause, second.clause]
  if (a === undefined || b === undefined || a.negated === b.negated) return false
  if (a.condition !== undefined || b.condition !== undefined || a.verb !== b.verb) return false
  if ((a.actor ?? '') !== (b.actor ?? '')) return false
  const [denied, asked] = a.negated ? [a, b] : [b, a]
  const all = denied.object === anything && asked.object !== undefined
  if (all) return true
  if (a.object?.toLowerCase() !== b.object?.toLowerCase()) return false
  return plain(asked.rest).startsWith(plain(denied.rest))
}

function plain(rest: string | undefined): string {
  return (rest ?? '').replace(/ ?\b(?:after all|any ?more|as well|themselves|at all)$/, '')
}
