import { isLast, type Case } from '../case.ts'
import type { Delivery } from '../receiver.ts'
import { expectThat, Finding } from '../target.ts'

const sequenceOf = ({ webhook }: Delivery) => webhook?.data.sequence

/** Each webhook has one id that all its attempts share. */
function checkIds(deliveries: readonly Delivery[]): void {
  const bySequence = new Map<number, string>()
  const byId = new Map<string, number>()
  for (const delivery of deliveries) {
    const sequence = sequenceOf(delivery)
    if (sequence === undefined) continue
    const known = bySequence.get(sequence) ?? delivery.id
    expectThat(known === delivery.id, `Webhook ${sequence} came with two webhook-ids.`)
    const other = byId.get(delivery.id) ?? sequence
    expectThat(other === sequence, `Webhooks ${other} and ${sequence} share a webhook-id.`)
    bySequence.set(sequence, delivery.id)
    byId.set(delivery.id, sequence)
  }
}

/** What was not taken comes again before anything else does. */
function checkOrder(deliveries: readonly Delivery[]): void {
  let next = 1
  for (const delivery of deliveries) {
    const sequence = sequenceOf(delivery)
    if (sequence === undefined || sequence < next) continue
    expectThat(
      sequence === next,
      `Webhook ${sequence} came while ${next} was not taken: they come one at a time, in order, without a gap.`,
    )
    if (delivery.status < 300) next += 1
  }
}

/** What a builder tells, and how. */
export const webhookCases: readonly Case[] = [
  {
    name: 'signs its webhooks with the build’s webhook_secret',
    async run(scene) {
      const { inbox } = await scene.ended()
      const faulty = inbox.deliveries.filter(({ faults }) => faults.length > 0)
      const first = faulty[0]?.faults.join(' ') ?? ''
      if (faulty.length === 0) return
      throw new Finding(
        `${faulty.length} of ${inbox.deliveries.length} webhooks are not right. The first: ${first}`,
      )
    },
  },
  {
    name: 'numbers its webhooks without a gap and sends them in order',
    async run(scene) {
      const { inbox } = await scene.ended()
      checkOrder(inbox.deliveries)
      checkIds(inbox.deliveries)
    },
  },
  {
    name: 'sends again what was not taken',
    async run(scene) {
      const { inbox } = await scene.ended()
      const refused = inbox.deliveries.find(({ status }) => status === 503)
      expectThat(refused !== undefined, 'No webhook came.')
      const again = inbox.deliveries.filter(({ id }) => id === refused.id)
      expectThat(again.length > 1, 'A webhook that was answered 503 did not come again.')
    },
  },
  {
    name: 'follows no redirect',
    async run(scene) {
      const { inbox } = await scene.ended()
      expectThat(inbox.strays() === 0, 'A webhook followed a redirect to another address.')
      const moved = inbox.deliveries.find(({ status }) => status === 307)
      const again = inbox.deliveries.filter(({ id }) => id === moved?.id)
      expectThat(again.length > 1, 'A webhook that was redirected did not come again.')
    },
  },
  {
    name: 'names the build and gives the order’s metadata back',
    async run(scene) {
      const { created, key, events } = await scene.ended()
      for (const { data } of events) {
        expectThat(
          data.build_id === created.build_id && data.project_id === created.project_id,
          `Webhook ${data.sequence} names another build.`,
        )
        expectThat(
          data.metadata['conformance'] === key,
          `Webhook ${data.sequence} does not carry the metadata of the order.`,
        )
      }
    },
  },
  {
    name: 'begins with build.started and ends once',
    async run(scene) {
      const { events } = await scene.ended()
      expectThat(
        events[0]?.type === 'build.started',
        `It begins with ${events[0]?.type ?? 'nothing'}.`,
      )
      const ends = events.filter(isLast)
      expectThat(
        ends.length === 1,
        `It ends ${ends.length} times: ${ends.map(({ type }) => type).join(', ')}.`,
      )
      const last = events.at(-1)
      expectThat(
        last !== undefined && isLast(last),
        `After its end came ${last?.type ?? 'nothing'}.`,
      )
    },
  },
]
