import type { ProjectStatus } from '../../../src/domain/status.ts'
import { assertNever } from '../../../src/domain/assert-never.ts'
import type { IconName } from './icon.tsx'

/** What a colour means, everywhere on the page. */
export type Tone = 'quiet' | 'busy' | 'ask' | 'good' | 'bad'

export interface StatusLook {
  tone: Tone
  words: string
  icon: IconName
}

/** How a project's status is shown; never by colour alone. */
export function statusLook(status: ProjectStatus): StatusLook {
  switch (status) {
    case 'received':
      return { tone: 'busy', words: 'Received', icon: 'dot' }
    case 'analysing':
      return { tone: 'busy', words: 'Analysing', icon: 'dot' }
    case 'planning':
      return { tone: 'busy', words: 'Planning', icon: 'dot' }
    case 'awaiting_approval':
      return { tone: 'ask', words: 'Awaiting approval', icon: 'question' }
    case 'building':
      return { tone: 'busy', words: 'Building', icon: 'dot' }
    case 'completed':
      return { tone: 'good', words: 'Completed', icon: 'check' }
    case 'failed':
      return { tone: 'bad', words: 'Failed', icon: 'cross' }
    case 'cancelled':
      return { tone: 'quiet', words: 'Cancelled', icon: 'cross' }
    case 'paused':
      return { tone: 'quiet', words: 'Paused', icon: 'pause' }
    default:
      return assertNever(status)
  }
}
