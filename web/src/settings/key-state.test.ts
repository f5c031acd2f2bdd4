import { expect, it } from 'vitest'
import { keyState } from './key-state.ts'

const at = '2026-05-01T10:00:00.000Z'
const now = Date.parse(at)

it('ends a key at the very moment that it expires at', () => {
  expect(keyState({ revokedAt: null, expiresAt: at }, now - 1)).toBe('holds')
  expect(keyState({ revokedAt: null, expiresAt: at }, now)).toBe('expired')
  expect(keyState({ revokedAt: null, expiresAt: null }, now)).toBe('holds')
})

it('says of a revoked key that it was revoked, whatever its time', () => {
  expect(keyState({ revokedAt: at, expiresAt: at }, now + 1)).toBe('revoked')
  expect(keyState({ revokedAt: at, expiresAt: null }, now)).toBe('revoked')
})
