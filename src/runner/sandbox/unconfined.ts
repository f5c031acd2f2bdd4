import { startGroup } from '../process/child-process.ts'
import { endMarked } from '../process/marked.ts'
import type { Sandbox } from './sandbox.ts'

/**
 * No sandbox: programs run as the runner's own user, in a folder and with an environment of their
 * own. What a build leaves behind is found by the mark in its environment.
 */
export function createUnconfined(reason: string): Sandbox {
  return {
    state: { kind: 'none', reason },
    inside: () => startGroup,
    clear: endMarked,
  }
}
