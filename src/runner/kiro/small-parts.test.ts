import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readHandshake } from './handshake.ts'
import { asksForLogin } from './login.ts'
import { inRounds } from './rounds.ts'
import { readStreamLine } from './stream-json.ts'

const withMethods = (extensionMethods: unknown) => ({
  protocolVersion: 1,
  agentCapabilities: { loadSession: true, _meta: { kiro: { extensionMethods } } },
})

test.each([
  [['_kiro/knowledge', '_kiro/session/context'], '_kiro/'],
  [['_kiro/workflow/new', '_kiro/workflow/list'], '_kiro/'],
  [['_acme/kiro/session/context'], '_acme/kiro/'],
  [['_kiro.dev/session/list'], '_kiro.dev/'],
  [['session/steer'], '_kiro/'],
  [[], '_kiro/'],
  ['none', '_kiro/'],
])('finds the namespace of %j', (methods, namespace) => {
  expect(readHandshake(withMethods(methods))).toEqual({ namespace, loadsSessions: true })
})

test('takes what a handshake lacks as usual', () => {
  for (const answer of [undefined, {}, { agentCapabilities: {} }, { agentCapabilities: 1 }]) {
    expect(readHandshake(answer)).toEqual({ namespace: '_kiro/', loadsSessions: false })
  }
})

test.each([
  'You are not logged in, please log in with kiro-cli login',
  'error: invalid API key',
  'Authentication failed',
  'Open https://example.com and enter the device code ABCD',
])('hears a call for a login in %j', (line) => {
  expect(asksForLogin(line)).toBe(true)
})

test.each(['Loading tools', 'Signed in as a@example.com', 'error: unexpected argument', ''])(
  'hears none in %j',
  (line) => {
    expect(asksForLogin(line)).toBe(false)
  },
)

test('reads any line of a stream without an error', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
      expect(readStreamLine(text)).toBeUndefined()
    }),
  )
})

test('reads a line of a stream whatever escape codes stand around it', () => {
  const escape = fc.constantFrom(
    '',
    '\u001b[0m',
    '\u001b[2K',
    '\u001b[1;31m',
    '\u001b]0;title\u0007',
  )
  fc.assert(
    fc.property(escape, escape, fc.string(), (before, after, message) => {
      const line = JSON.stringify({ type: 'runError', data: { stage: 'x', message } })
      expect(readStreamLine(before + line + after)).toMatchObject({ type: 'runError' })
    }),
  )
})

test('goes on as long as each turn leaves fewer tasks open, and never beyond the limit', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5)), fc.integer({ min: 1, max: 5 }), async (lefts, max) => {
      const counts = [...lefts]
      let last = Number.POSITIVE_INFINITY
      let turns = 0
      await inRounds({
        open: async () => {
          last = counts.shift() ?? 0
          return Array(last).fill(undefined)
        },
        turn: async (open) => {
          expect(open).toHaveLength(last)
          turns += 1
          return undefined
        },
        max,
        log: () => undefined,
      })
      const falls = lefts.findIndex((left, at) => at > 0 && left >= (lefts[at - 1] ?? 0))
      const useful = falls === -1 ? lefts.length : falls
      expect(turns).toBeLessThanOrEqual(Math.min(max, useful))
    }),
  )
})
