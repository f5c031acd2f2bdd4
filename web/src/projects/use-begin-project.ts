import { useEffect, useRef, useState } from 'react'
import type {
  ConversationCreatedView,
  CreateCall,
  UploadConversation,
} from '../../../src/http/views.ts'
import { useBegin } from '../api/actions.ts'
import { routeHref } from '../routing/route.ts'
import { navigate } from '../routing/use-route.ts'

function goTo(created: ConversationCreatedView, title: string): boolean {
  const { conversationId, projectId, joinUrl } = created
  if (joinUrl !== null) {
    // Kept with the place in the history, so that a reload leads back into the same call.
    navigate(routeHref({ page: 'call' }), { joinUrl, title, conversationId })
    return true
  }
  if (projectId === null) return false
  navigate(routeHref({ page: 'project', id: projectId, tab: 'talk' }))
  return true
}

/**
 * Begins a project and goes to it. What is under way ends when it is cancelled, or when whoever
 * asked for it is gone.
 */
export function useBeginProject() {
  const begin = useBegin()
  const [fault, setFault] = useState<unknown>()
  const [nobodySpoke, setNobodySpoke] = useState(false)
  const [busy, setBusy] = useState(false)
  const [sent, setSent] = useState(0)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const start = async (
    makeBody: (signal: AbortSignal) => Promise<UploadConversation | CreateCall>,
  ) => {
    const { signal } = (running.current = new AbortController())
    setFault(undefined)
    setNobodySpoke(false)
    setBusy(true)
    setSent(0)
    try {
      const body = await makeBody(signal)
      const created = await begin.mutateAsync({ body, signal, onSent: setSent })
      if (!signal.aborted) setNobodySpoke(!goTo(created, body.title ?? 'Call'))
    } catch (thrown) {
      if (!signal.aborted) setFault(thrown)
    } finally {
      if (!signal.aborted) setBusy(false)
    }
  }
  const cancel = () => {
    running.current?.abort()
    setBusy(false)
  }
  return { start, cancel, busy, sent, fault, nobodySpoke }
}
