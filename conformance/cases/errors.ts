import type { Case } from '../case.ts'
import { smallOrder } from '../plan.ts'
import { expectProblem } from '../target.ts'

const post = (body: string): RequestInit => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/json' },
})

/** What a builder has to refuse, and how it says so. */
export const errorCases: readonly Case[] = [
  {
    name: 'refuses callers without the key',
    async run({ target }) {
      for (const authorization of ['', 'Bearer wrong', 'Basic d3Jvbmc6d3Jvbmc=']) {
        const headers = { authorization }
        const what =
          authorization === '' ? 'A call without a key' : `A call with "${authorization}"`
        await expectProblem(what, await target.call('/v1/builds/none', { headers }), [401])
        const order = await target.call('/v1/projects', { ...post('{}'), headers })
        await expectProblem(`${what} to POST /v1/projects`, order, [401])
      }
    },
  },
  {
    name: 'answers 404 for a build that it does not know',
    async run({ target }) {
      for (const part of ['', '/events', '/log', '/artifact']) {
        const answer = await target.call(`/v1/builds/none${part}`)
        await expectProblem(`GET /v1/builds/none${part}`, answer, [404])
      }
      const cancel = await target.call('/v1/builds/none/cancel', { method: 'POST' })
      await expectProblem('POST /v1/builds/none/cancel', cancel, [404])
    },
  },
  {
    name: 'refuses what is no order',
    async run({ target }) {
      await expectProblem(
        'A body that is not JSON',
        await target.call('/v1/projects', post('{')),
        [400, 422],
      )
      const empty = await target.call('/v1/projects', post('{"name":"x"}'))
      await expectProblem('An order without a plan', empty, [400, 422])
    },
  },
  {
    name: 'refuses a plan that is not the one its hash names',
    async run({ target, receiver }) {
      const order = { ...(await smallOrder()), webhook_url: receiver.open().url }
      const answer = await target.order({ ...order, plan_hash: '0'.repeat(64) })
      await expectProblem('An order whose plan_hash is another plan’s', answer, [409, 422])
    },
  },
]
