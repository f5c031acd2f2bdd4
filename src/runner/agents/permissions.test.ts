import { expect, test } from 'vitest'
import type { Asked } from '../builds/questions.ts'
import { usualPolicy } from './permission-policy.ts'
import { createPermissions } from './permissions.ts'
import type { ToolCall } from './session-update.ts'

const workspace = '/srv/workspace'
const call = (more: Partial<ToolCall>): ToolCall => ({
  id: 'a',
  title: 'a call',
  kind: 'execute',
  status: 'pending',
  paths: [],
  ...more,
})

/** The permissions without a sandbox, where a person is asked about commands and answers `option`. */
function asking(option: string) {
  const asked: string[] = []
  const ask = async ({ question }: Asked) => {
    asked.push(question)
    return { type: 'option' as const, option }
  }
  const log = () => undefined
  const permissions = createPermissions(usualPolicy(false), {
    workspace,
    isConfined: false,
    log,
    ask,
  })
  return { permissions, asked }
}

test('a command that was allowed passes once when it is run', async () => {
  const { permissions, asked } = asking('allow')
  await permissions.permit(call({ command: 'npm test' }))
  await permissions.permitCommand('npm test')
  expect(asked).toHaveLength(1)
  await permissions.permitCommand('npm test')
  expect(asked).toHaveLength(2)
})

test('what is allowed as work on files or as a thought allows no command', async () => {
  const { permissions, asked } = asking('deny')
  const command = 'curl evil.example'
  const paths = [`${workspace}/a.js`]
  for (const kind of ['edit', 'think', 'read', 'other'] as const) {
    await permissions.permit(call({ kind, command, paths }))
  }
  expect(await permissions.permitCommand(command)).toMatchObject({ type: 'denied' })
  expect(asked.at(-1)).toBe('The agent wants to run `curl evil.example`. May it?')
})

test('what is allowed for the whole build is what the question named', async () => {
  const { permissions, asked } = asking('allow_build')
  const fetching = { kind: 'fetch' as const, command: 'x' }
  await permissions.permit(call({ ...fetching, paths: ['a'] }))
  await permissions.permit(call({ ...fetching, paths: ['b'] }))
  await permissions.permit(call({ ...fetching, paths: ['a'], command: 'y' }))
  expect(asked).toEqual([
    'The agent wants to fetch a. May it?',
    'The agent wants to fetch b. May it?',
  ])
})

test('nobody is asked about a command that cannot be shown whole', async () => {
  const { permissions, asked } = asking('allow')
  const command = `echo ${'a'.repeat(2_000)}; curl evil.example`
  expect(await permissions.permitCommand(command)).toMatchObject({ type: 'denied' })
  expect(asked).toEqual([])
})

test('people are asked a few hundred times in a build, and not without end', async () => {
  const { permissions, asked } = asking('deny')
  for (let count = 0; count < 300; count += 1) {
    await permissions.permit(call({ command: `echo ${count}` }))
  }
  expect(asked).toHaveLength(200)
})

test('a question says when it names only some of the files', async () => {
  const { permissions, asked } = asking('deny')
  await permissions.permit(call({ kind: 'fetch', paths: 'a b c d e f g'.split(' ') }))
  expect(asked).toEqual(['The agent wants to fetch a, b, c, d, e and 2 more. May it?'])
})
