import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { RetryStage } from '../../../src/domain/status.ts'
import type { CommentView } from '../../../src/http/comment-views.ts'
import type { EditableDocument } from '../../../src/planning/edit-plan.ts'
import type {
  ConversationCreatedView,
  PlanView,
  UploadConversation,
} from '../../../src/http/views.ts'
import { postForView, postJson, putForView } from './http.ts'
import { partKey, projectKey, projectPath, projectsQuery } from './queries.ts'
import { isComment, isConversationCreated, isPlan } from './views.ts'

/** What a person can decide about a project. */
export type ProjectAction =
  | { type: 'approve'; planHash: string; includeOptional: boolean }
  | { type: 'reject'; planHash: string; reason: string }
  | { type: 'retry'; from: RetryStage }
  | { type: 'cancel' }

/** Carries a decision out and reads again what it may have changed. */
export function useProjectAction(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ type, ...body }: ProjectAction) => postJson(projectPath(id, type), body),
    onSettled: () => client.invalidateQueries({ queryKey: projectKey(id) }),
  })
}

/** What a person answers a build's question: an option of it, or a text. */
export type BuildAnswer = { question: string } & ({ option: string } | { text: string })

/** Answers a question of a build; the build's events tell when it was taken. */
export function useBuildAnswer(projectId: string, buildId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (answer: BuildAnswer) =>
      postJson(projectPath(projectId, `builds/${buildId}/answer`), answer),
    onSettled: () => client.invalidateQueries({ queryKey: projectKey(projectId) }),
  })
}

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

/** Sends a transcript; its answer names the new project. */
export function useUpload() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (upload: UploadConversation): Promise<ConversationCreatedView> =>
      postForView('/v1/conversations', upload, isConversationCreated),
    onSuccess: () => client.invalidateQueries({ queryKey: projectsQuery.queryKey }),
  })
}
