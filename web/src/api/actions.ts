import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { RetryStage } from '../../../src/domain/status.ts'
import type {
  ConversationCreatedView,
  CreateCall,
  UploadConversation,
} from '../../../src/http/views.ts'
import { postJson } from './http.ts'
import { postWithProgress } from './post-with-progress.ts'
import { projectKey, projectPath, projectsKey, waitingKey } from './queries.ts'
import { isConversationCreated } from './views.ts'

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

/** Takes a talk without a project off the list, for everybody. */
export function useDismissTalk(id: string, onDone: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => postJson(`/v1/conversations/${encodeURIComponent(id)}/dismiss`, {}),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: waitingKey })
      onDone()
    },
  })
}

/** What a person begins a project with. */
export interface Beginning {
  body: UploadConversation | CreateCall
  /** Ends it when it takes too long for them. */
  signal: AbortSignal
  /** Is told the share of it that has been sent, from 0 to 1. */
  onSent: (share: number) => void
}

/** Sends a transcript, or has a call created; the answer names the new project or where to join. */
export function useBegin() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ body, ...sending }: Beginning): Promise<ConversationCreatedView> =>
      postWithProgress('/v1/conversations', body, isConversationCreated, sending),
    onSuccess: () => client.invalidateQueries({ queryKey: projectsKey }),
  })
}
