import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import type { PlanDraft } from '../../../../src/domain/plan.ts'
import type { LintFindingView } from '../../../../src/http/views.ts'
import type { EditableDocument } from '../../../../src/planning/edit-plan.ts'

/** The checks are made of schemas, which know of the page's policy only when it is said before. */
async function loadLinter() {
  const { withoutEval } = await import('./zod-without-eval.ts')
  withoutEval()
  return import('../../../../src/kiro/lint.ts')
}

const linterQuery = {
  queryKey: ['linter'],
  queryFn: loadLinter,
  staleTime: Number.POSITIVE_INFINITY,
  structuralSharing: false,
} as const

export interface LiveLint {
  findings: readonly LintFindingView[]
  /** Why nothing could be checked. */
  problem: unknown
}

/** What the checks find in a plan with this text in it: the linter of the server, in the browser. */
export function useLiveLint(plan: PlanDraft, name: EditableDocument, text: string): LiveLint {
  const linter = useQuery(linterQuery)
  const present = useDeferredValue(text)
  const lint = linter.data?.lintSpec
  const problem = linter.error
  return useMemo(() => {
    if (lint === undefined) return { findings: [], problem }
    const files = plan.files.map((file) =>
      file.path.endsWith(`/${name}`) ? { ...file, content: present } : file,
    )
    try {
      const findings = lint(files, plan.trace)
      return { findings: findings.filter(({ file }) => file.endsWith(`/${name}`)), problem }
    } catch (error) {
      return { findings: [], problem: error }
    }
  }, [lint, problem, plan, name, present])
}
