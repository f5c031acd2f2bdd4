import { useCallback, useEffect, useState } from 'react'
import { dropDraft, type Draft, keepDraft, readDraft } from './draft.ts'

export interface EditedDraft {
  draft: Draft
  /** Whether it will be there after the page was loaded anew. */
  kept: boolean
  change: (draft: Draft) => void
  /** Forgets it, for good. */
  drop: () => void
}

/** What is typed into a document; it outlives the way back and a page that is loaded anew. */
export function useDraft(projectId: string, name: string, begin: Draft): EditedDraft {
  const [state, setState] = useState(() => ({
    draft: readDraft(sessionStorage, projectId, name) ?? begin,
    kept: true,
  }))
  const change = useCallback(
    (draft: Draft) => {
      setState({ draft, kept: keepDraft(sessionStorage, projectId, name, draft) })
    },
    [projectId, name],
  )
  const drop = useCallback(() => dropDraft(sessionStorage, projectId, name), [projectId, name])
  const { kept } = state
  useEffect(() => {
    if (kept) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [kept])
  return { ...state, change, drop }
}
