import { assertNever } from '../../../src/domain/assert-never.ts'
import type { ConversationStateView } from '../../../src/http/waiting-conversations.ts'
import { formatTime } from '../format/time.ts'
import type { Tone } from '../parts/tone.ts'

type Waiting = Pick<ConversationStateView, 'state' | 'asksAt' | 'failure'>

/** The state of a talk without a project, in a word or two. */
export function waitingLook({ state, failure }: Waiting): { tone: Tone; words: string } {
  switch (state) {
    case 'live':
    case 'awaiting_transcript':
      if (failure !== null) return { tone: 'bad', words: 'Transcript not fetched' }
      return { tone: 'busy', words: state === 'live' ? 'Call under way' : 'Transcript awaited' }
    case 'transcribed':
      return { tone: 'good', words: 'Transcript is there' }
    case 'no_dialogue':
      return { tone: 'quiet', words: 'Nobody spoke' }
    case 'given_up':
      return { tone: 'bad', words: 'No transcript' }
    default:
      return assertNever(state)
  }
}

/** What a talk without a project waits for, or what stands in its way and what to do, in a sentence. */
export function waitingWords({ state, asksAt, failure }: Waiting, now: number): string {
  if (failure !== null) return failure.message
  const late = asksAt !== null && Date.parse(asksAt) <= now
  const asks =
    asksAt === null
      ? 'there is no key (TAVUS_API_KEY) to ask for it'
      : late
        ? 'Talkwright is about to ask for it'
        : `Talkwright asks for it at ${formatTime(asksAt)} if it has not come by then`
  if (state === 'live') return `Tavus has not told of its end yet; ${asks}.`
  return `It has ended, and Tavus has yet to send what was said; ${asks}.`
}
