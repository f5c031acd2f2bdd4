import { config } from 'zod'

/**
 * Keeps schemas that are made from now on from code out of text: the page's policy forbids it, and the
 * browser reports whoever only tries.
 */
export function withoutEval(): void {
  config({ jitless: true })
}
