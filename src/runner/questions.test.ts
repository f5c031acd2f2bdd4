import { expect, test } from 'vitest'
import type { BuildWebhook } from '../domain/build.ts'
import { BuildCreated } from '../domain/build.ts'
import { PermissionPolicy } from '../domain/permission-policy.ts'
import { isLast, logTexts, playing, startRig, type Rig } from './testing/rig.ts'

const policy = PermissionPolicy.parse({
  rules: [
    { kinds: ['edit'], do: 'allow' },
    { kinds: ['execute'], do: 'ask' },
  ],
})

const asking = (wishes: readonly object[], limits = {}) => ({
  script: '',
  config: {
    agent: playing('ask', JSON.stringify(wishes)),
    permissions: policy,
    limits: { graceMs: 1_000, answerMs: 60_000, ...limits },
  },
})

const publish = { kind: 'execute', command: 'npm publish' }

function questionOf({ data: { event } }: BuildWebhook) {
  if (event.type !== 'build.needs_input') throw new Error(`not a question: ${event.type}`)
  return event
}

const isQuestion = ({ type }: BuildWebhook) => type === 'build.needs_input'

async function orderAndAwait(rig: Rig) {
  const { build_id: id } = BuildCreated.parse(await (await rig.order()).json())
  return { id, question: questionOf(await rig.receiver.until(isQuestion)) }
}

const answer = (rig: Rig, id: string, body: object) =>
  rig.call(`/v1/builds/${id}/answer`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })

test('asks a person, waits, and does what is answered', async () => {
  const edit = { kind: 'edit', paths: ['page.js'] }
  const stray = { kind: 'edit', paths: ['../build.json'] }
  await using rig = await startRig(asking([edit, stray, publish, { kind: 'fetch' }]))
  const { id, question } = await orderAndAwait(rig)
  expect(question).toMatchObject({
    question: 'The agent wants to run `npm publish`. May it?',
    options: [{ id: 'allow' }, { id: 'allow_build' }, { id: 'deny' }],
    accepts_text: false,
  })
  const { type: _, ...asked } = question
  expect(await rig.status(id)).toMatchObject({ state: 'waiting', questions: [asked] })

  const { input_id } = question
  const refused = await answer(rig, id, { input_id, option: 'perhaps' })
  expect([refused.status, await refused.json()]).toMatchObject([422, { code: 'unknown_option' }])
  const wordy = await answer(rig, id, { input_id, text: 'yes' })
  expect([wordy.status, await wordy.json()]).toMatchObject([422, { code: 'text_not_accepted' }])
  expect((await answer(rig, id, { input_id })).status).toBe(422)
  expect((await answer(rig, id, { input_id: 'inp_other', option: 'allow' })).status).toBe(409)
  expect((await answer(rig, 'bld_none', { input_id, option: 'allow' })).status).toBe(404)

  const taken = await answer(rig, id, { input_id, option: 'allow' })
  expect([taken.status, await taken.json()]).toMatchObject([200, { questions: [] }])
  expect((await answer(rig, id, { input_id, option: 'deny' })).status).toBe(409)
  expect((await rig.receiver.until(isLast)).type).toBe('build.completed')
  const hooks = rig.receiver.taken()
  expect(logTexts(hooks, 'agent')).toContain('answers: once no once no')
  expect(hooks.map(({ data: { event } }) => event)).toContainEqual({
    type: 'build.input_closed',
    input_id,
    end: 'answered',
    option: 'allow',
  })
})

test('asks once for what is allowed for the whole build', async () => {
  await using rig = await startRig(asking([publish, publish, { ...publish, command: 'npm pack' }]))
  const { id, question } = await orderAndAwait(rig)
  await answer(rig, id, { input_id: question.input_id, option: 'allow_build' })
  const other = await rig.receiver.until(
    (hook) => isQuestion(hook) && questionOf(hook).question.includes('npm pack'),
  )
  await answer(rig, id, { input_id: questionOf(other).input_id, option: 'deny' })
  await rig.receiver.until(isLast)
  expect(logTexts(rig.receiver.taken(), 'agent')).toContain('answers: once once no')
  expect(rig.receiver.taken().filter(isQuestion)).toHaveLength(2)
})

test('keeps several questions apart', async () => {
  const pack = { ...publish, command: 'npm pack', together: true }
  await using rig = await startRig(asking([pack, publish]))
  const { id, question: first } = await orderAndAwait(rig)
  const second = questionOf(
    await rig.receiver.until((hook) => isQuestion(hook) && questionOf(hook) !== first),
  )
  await answer(rig, id, { input_id: second.input_id, option: 'deny' })
  expect(await rig.status(id)).toMatchObject({
    state: 'waiting',
    questions: [{ input_id: first.input_id }],
  })
  await answer(rig, id, { input_id: first.input_id, option: 'allow' })
  await rig.receiver.until(isLast)
  expect(logTexts(rig.receiver.taken(), 'agent')).toContain('answers: once no')
})

test('goes on without leave when nobody answers in time', async () => {
  await using rig = await startRig(asking([publish], { answerMs: 50 }))
  const { last } = await rig.build()
  expect(last.type).toBe('build.completed')
  const hooks = rig.receiver.taken()
  expect(logTexts(hooks, 'agent')).toContain('answers: no')
  expect(logTexts(hooks, 'runner')).toContain(
    'Not allowed: run `npm publish` (nobody allowed it in time)',
  )
})

test('asks nobody where nobody is there to answer', async () => {
  await using rig = await startRig(asking([publish], { answerMs: 0 }))
  await rig.build()
  const hooks = rig.receiver.taken()
  expect(logTexts(hooks, 'agent')).toContain('answers: no')
  expect(hooks.filter(isQuestion)).toEqual([])
})

test('a cancelled build asks no more', async () => {
  await using rig = await startRig(asking([publish]))
  const { id, question } = await orderAndAwait(rig)
  await rig.call(`/v1/builds/${id}/cancel`, { method: 'POST' })
  expect((await rig.receiver.until(isLast)).type).toBe('build.cancelled')
  expect(await rig.status(id)).toMatchObject({ state: 'cancelled', questions: [] })
  const late = await answer(rig, id, { input_id: question.input_id, option: 'allow' })
  expect([late.status, await late.json()]).toMatchObject([409, { code: 'question_closed' }])
})

test('a build that waits is asked about anew after a restart', async () => {
  await using rig = await startRig(asking([publish]))
  const { id, question } = await orderAndAwait(rig)
  await rig.restart()
  const again = await rig.receiver.until(
    (hook) => isQuestion(hook) && questionOf(hook).input_id !== question.input_id,
  )
  const { input_id } = questionOf(again)
  expect(await rig.status(id)).toMatchObject({ state: 'waiting', questions: [{ input_id }] })
  const late = await answer(rig, id, { input_id: question.input_id, option: 'allow' })
  expect([late.status, await late.json()]).toMatchObject([409, { code: 'question_closed' }])
  await answer(rig, id, { input_id, option: 'allow' })
  expect((await rig.receiver.until(isLast)).type).toBe('build.completed')
})

test('a runner that may not take a build up again closes its question', async () => {
  await using rig = await startRig(asking([publish], { restarts: 0 }))
  const { id } = await orderAndAwait(rig)
  await rig.restart()
  expect((await rig.receiver.until(isLast)).data.event).toMatchObject({ code: 'runner_restarted' })
  expect(await rig.status(id)).toMatchObject({ state: 'failed', questions: [] })
})
