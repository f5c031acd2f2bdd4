import type {
  ConversationStateView,
  WaitingListView,
} from '../../../src/http/waiting-conversations.ts'
import { isString, listOf, nullable, oneOf, shapeOf } from './guards.ts'

/** Guards for what the API answers about conversations on their way to a project. */

export const isConversationState = shapeOf<ConversationStateView>({
  id: isString,
  source: isString,
  title: nullable(isString),
  createdBy: nullable(isString),
  createdAt: isString,
  endedAt: nullable(isString),
  endReason: nullable(isString),
  state: oneOf('live', 'awaiting_transcript', 'transcribed', 'no_dialogue', 'given_up'),
  failure: nullable(
    shapeOf<{ code: string; message: string }>({ code: isString, message: isString }),
  ),
  asksAt: nullable(isString),
  dismissedAt: nullable(isString),
  projectId: nullable(isString),
})

export const isWaitingList = shapeOf<WaitingListView>({
  items: listOf(isConversationState),
  nextCursor: nullable(isString),
})
