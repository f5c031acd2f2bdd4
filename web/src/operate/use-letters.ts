import { useMutation, useQueryClient } from '@tanstack/react-query'
import { postJson } from '../api/http.ts'
import { operateKey } from './operate-queries.ts'

/** What an operator does with work that was given up. */
export interface LetterAction {
  type: 'redrive' | 'dismiss'
  /** All open ones when absent, at most a thousand at once. */
  ids?: readonly string[]
}

/** Sends given up work again, or says that nothing more is needed of it. */
export function useLetters() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ type, ids }: LetterAction) =>
      postJson(`/v1/queue/dead-letters/${type}`, ids === undefined ? { limit: 1_000 } : { ids }),
    onSettled: () => client.invalidateQueries({ queryKey: operateKey }),
  })
}
