import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { CommentView } from '../../../src/http/comment-views.ts'
import type { PlanView } from '../../../src/http/views.ts'
import type { EditableDocument } from '../../../src/planning/edit-plan.ts'
import { postForView, postJson, putForView } from './http.ts'
import { partKey, projectKey, projectPath } from './queries.ts'
import { isComment, isPlan } from './views.ts'

export interface PlanEdit {
  /** The hash of the plan that was edited. */
  planHash: string
  documents: Partial<Record<EditableDocument, string>>
}

/**
 * Makes the next version of a plan out of what a person wrote; its answer is that version.
 *
 * @param onSaved called before the page knows the new version, which the editor would take for another's
 */
export function useSavePlan(projectId: string, onSaved: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (edit: PlanEdit): Promise<PlanView> =>
      putForView(projectPath(projectId, 'plan'), edit, isPlan),
    onSuccess: (plan) => {
      onSaved()
      client.setQueryData(partKey(projectId, 'plan'), plan)
    },
    onSettled: () => client.invalidateQueries({ queryKey: projectKey(projectId) }),
  })
}

/** What somebody says about a line of a plan. */
export type CommentDraft = Pick<CommentView, 'document' | 'ref' | 'body'>

/** Says something about a line of the newest plan. */
export function useComment(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (draft: CommentDraft): Promise<CommentView> =>
      postForView(projectPath(projectId, 'comments'), draft, isComment),
    onSettled: () => client.invalidateQueries({ queryKey: partKey(projectId, 'comments') }),
  })
}

/** Marks a comment as resolved. */
export function useResolveComment(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (comment: string): Promise<CommentView> =>
      postForView(projectPath(projectId, `comments/${comment}/resolve`), {}, isComment),
    onSettled: () => client.invalidateQueries({ queryKey: partKey(projectId, 'comments') }),
  })
}

/** What is answered to a brief: to an open question, or to a contradiction which statement holds. */
export interface Answers {
  briefVersion: number
  answers: readonly { question: string; text: string; holds?: string }[]
}

/** Answers what a brief left open; a new brief and a new plan follow. */
export function useAnswers(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (answers: Answers) => postJson(projectPath(projectId, 'answers'), answers),
    onSettled: () => client.invalidateQueries({ queryKey: projectKey(projectId) }),
  })
}
