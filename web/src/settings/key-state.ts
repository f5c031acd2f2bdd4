import type { KeyView } from '../../../src/http/access-views.ts'

export type KeyState = 'holds' | 'expired' | 'revoked'

/** Whether a key still holds; a revoked one is called so also after its time. */
export function keyState(
  { revokedAt, expiresAt }: Pick<KeyView, 'revokedAt' | 'expiresAt'>,
  now: number,
): KeyState {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'holds'
}
