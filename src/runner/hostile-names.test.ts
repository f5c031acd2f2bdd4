import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { planHash } from '../domain/plan.ts'
import { logTexts, startRig } from './testing/rig.ts'
import { startTaskRig } from './testing/task-rig.ts'

/** What a shell, git, a terminal or a path would take for something else than a name. */
const hostile = [
  '$(touch PWNED)',
  '`touch PWNED`',
  '; touch PWNED #',
  '| touch PWNED',
  '&& touch PWNED',
  '--upload-pack=touch PWNED',
  '-c core.pager=touch PWNED',
  '../../PWNED',
  '/tmp/PWNED',
  "'; touch PWNED; '",
  '"; touch PWNED; "',
  '{{feature}} ${HOME} %PATH% !touch',
  'a\u202etxt.exe',
] as const

test.each(hostile)('a plan that calls things %j starts nothing by it', async (name) => {
  const tasks = `# Implementation Plan: ${name}\n\n## Tasks\n\n- [ ] 1.1 Set up ${name}\n- [ ] 1.2 ${name}\n`
  const files = [
    { path: '.kiro/specs/demo/requirements.md', content: `# ${name}\n` },
    { path: '.kiro/specs/demo/design.md', content: `# ${name}\n` },
    { path: '.kiro/specs/demo/tasks.md', content: tasks },
  ]
  await using rig = await startRig({ script: 'works' })
  const change = { name, files, plan_hash: await planHash(files), metadata: { build: name } }
  const { id } = await rig.build(change)
  const { folder = '', tasks: told } = await rig.status(id)
  expect(told.map((task) => task.id)).toEqual(['1.1', '1.2'])
  expect(JSON.stringify(told)).not.toMatch(/[\u001b\u202e]/)
  expect(path.dirname(path.dirname(folder))).toBe(rig.root)
  const found = readdirSync(rig.root, { recursive: true }).map((file) =>
    path.basename(String(file)),
  )
  expect(found.filter((file) => file.includes('PWNED'))).toEqual([])
  expect(['/tmp/PWNED', path.resolve('PWNED')].filter((file) => existsSync(file))).toEqual([])
  expect(logTexts(rig.receiver.taken()).join('\n')).not.toMatch(/[\u001b\u202e]/)
})

test('tasks that are called so are carried out one by one, and start nothing by it', async () => {
  const lines = hostile.map((name, index) => `- [ ] ${index + 1}. ${name}`)
  const files = [
    { path: '.kiro/specs/demo/requirements.md', content: '# Requirements Document\n' },
    { path: '.kiro/specs/demo/design.md', content: '# Design Document: Demo\n' },
    { path: '.kiro/specs/demo/tasks.md', content: `# Plan\n\n## Tasks\n\n${lines.join('\n')}\n` },
  ]
  await using rig = await startTaskRig({})
  const { id, last } = await rig.build({ files, plan_hash: await planHash(files) })
  expect(last.data.event).toMatchObject({ type: 'build.completed', done: hostile.length })
  const { folder = '' } = await rig.status(id)
  const log = ['log', '--reverse', '--format=%s', 'main']
  const subjects = execFileSync('git', log, { cwd: folder, encoding: 'utf8' }).trim().split('\n')
  expect(subjects.slice(1).map((subject) => subject.split(':')[0])).toEqual(
    hostile.map((_, index) => `task ${index + 1}`),
  )
  expect(subjects.join('\n')).not.toMatch(/[\u001b\u202e]/)
  const found = readdirSync(rig.root, { recursive: true }).map((file) =>
    path.basename(String(file)),
  )
  expect(found.filter((file) => file.includes('PWNED'))).toEqual([])
  expect(['/tmp/PWNED', path.resolve('PWNED')].filter((file) => existsSync(file))).toEqual([])
})

test.each(['../demo', 'demo;x', '$(x)', '-demo', 'Demo', 'a/b', ''])(
  'refuses the feature %j',
  async (feature) => {
    await using rig = await startRig({ script: 'works' })
    expect((await rig.order({ feature })).status).toBe(422)
  },
)

test.each([
  '../escaped',
  '/tmp/escaped',
  '.git/hooks/post-commit',
  '.kiro/../.git/config',
  'a\\..\\b',
  '.kiro/specs/demo/$(x)\n.md',
])('refuses a plan with the file %j', async (file) => {
  const files = [
    { path: '.kiro/specs/demo/tasks.md', content: '## Tasks\n\n- [ ] 1. Do\n' },
    { path: file, content: 'x' },
  ]
  await using rig = await startRig({ script: 'works' })
  expect((await rig.order({ files, plan_hash: 'f'.repeat(64) })).status).toBe(422)
  expect(readdirSync(rig.root).filter((name) => !name.startsWith('.'))).toEqual([])
})
