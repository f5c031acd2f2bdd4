import { expect, test } from 'vitest'
import { probeSandbox } from './sandbox/probe.ts'
import { openLifeline } from './testing/lifeline.ts'
import { logTexts, playing, startRig } from './testing/rig.ts'

const { type: found } = await probeSandbox('/usr/local/bin:/usr/bin:/bin')

const allowed = {
  rules: [{ commands: ['forbidden'], do: 'deny' as const }],
  otherwise: 'allow' as const,
}

/** What the agent says of each command, and the build's log. */
async function runCommands(commands: readonly object[], sandbox: 'off' | 'required' = 'off') {
  const agent = playing('terminals', JSON.stringify(commands))
  const config = { agent, sandbox, permissions: allowed }
  await using rig = await startRig({ script: '', config })
  const { last } = await rig.build()
  expect(last.type).toBe('build.completed')
  const hooks = rig.receiver.taken()
  return { said: logTexts(hooks, 'agent'), log: (kind: string) => logTexts(hooks, kind) }
}

test('runs an agent’s commands in the workspace, without a shell', async () => {
  const { said, log } = await runCommands([
    { command: 'pwd' },
    { command: 'sh', args: ['-c', 'echo out; echo err >&2; exit 3'] },
    { command: 'echo', args: ['$HOME', '`id`', ';', 'ls'] },
    { command: 'echo out; id' },
    { command: 'printenv', args: ['GIVEN'], env: [{ name: 'GIVEN', value: 'a b' }] },
    { command: 'printenv', args: ['AGENT_API_KEY'] },
    { command: 'sleep', args: ['600'], kill: true },
    { command: 'pwd', cwd: 'WORKSPACE/.kiro' },
    { command: 'sh', args: ['-c', 'printf "%03000d" 1; printf "ä€"'], outputByteLimit: 4 },
  ])
  expect(said).toEqual(
    expect.arrayContaining([
      'pwd: exit 0: WORKSPACE',
      'sh: exit 3: out',
      'err',
      'echo: exit 0: $HOME `id` ; ls',
      expect.stringMatching(/^echo out; id: exit 127: .*ENOENT/),
      'printenv: exit 0: a b',
      'printenv: exit 1:',
      'sleep: SIGTERM:',
      'pwd: exit 0: WORKSPACE/.kiro',
      'sh: exit 0 (cut): €',
    ]),
  )
  expect(log('command')).toEqual(expect.arrayContaining(['pwd', 'pwd: exit code 0']))
})

test('refuses commands elsewhere, in odd words or against the policy, and logs it', async () => {
  const { said, log } = await runCommands([
    { command: 'pwd', cwd: '/' },
    { command: 'pwd', cwd: 'WORKSPACE/..' },
    { command: 'pwd', cwd: 'WORKSPACE/root' },
    { command: 'pwd', cwd: 'WORKSPACE/missing' },
    { command: 'pwd\0', args: [] },
    { command: 'forbidden', args: ['thing'] },
    ...Array.from({ length: 32 }, () => ({ command: 'sleep', args: ['600'], leave: true })),
    { command: 'pwd' },
  ])
  const refused = said.filter((line) => line.includes('Refused to run'))
  expect(refused).toHaveLength(7)
  expect(refused.at(-1)).toContain('32 terminals are open')
  expect(log('runner').filter((line) => line.includes('Refused to run'))).toHaveLength(7)
})

test('a command that is left running ends with its build', async () => {
  await using line = await openLifeline()
  const code = `require('node:net').connect(${line.port}, '127.0.0.1', function () { this.write('up') })
    process.on('SIGTERM', () => {})`
  const command = { command: process.execPath, args: ['-e', code], leave: true }
  const agent = playing('terminals', JSON.stringify([command]))
  const config = { agent, permissions: allowed }
  await using rig = await startRig({ script: '', config })
  await rig.build()
  await line.gone
  expect(logTexts(rig.receiver.taken(), 'command').join()).toContain('SIGKILL')
})

test.skipIf(found !== 'works')('commands run in the agent’s sandbox', async () => {
  const { said } = await runCommands(
    [
      { command: 'pwd' },
      { command: 'cat', args: ['/etc/shadow'] },
      { command: 'sh', args: ['-c', 'echo mine > written && cat written'] },
      { command: 'nonexistent' },
      { command: 'sleep', args: ['600'], kill: true },
    ],
    'required',
  )
  expect(said).toEqual(
    expect.arrayContaining([
      'pwd: exit 0: WORKSPACE',
      'cat: exit 1: cat: /etc/shadow: No such file or directory',
      'sh: exit 0: mine',
      expect.stringMatching(/^nonexistent: exit 1: bwrap: .*No such file/),
      expect.stringMatching(/^sleep: exit 143/),
    ]),
  )
})
