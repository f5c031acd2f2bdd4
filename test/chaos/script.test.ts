import { expect, it } from 'vitest'
import { allFaults, writeScript } from './script.ts'

const scale = { conversations: 20, visited: 6, builds: 2, workers: 2, rounds: 2, muteForGood: true }

it('writes the same script for the same seed and another one for another', () => {
  expect(writeScript(7, scale)).toEqual(writeScript(7, scale))
  expect(writeScript(7, scale).steps).not.toEqual(writeScript(8, scale).steps)
})

it('sends all three messages of each conversation, some again, out of order', () => {
  const { conversations, deliveries } = writeScript(7, scale)
  const sent = deliveries.map((message) => `${message.conversation} ${message.eventType}`)
  expect(new Set(sent).size).toBe(60)
  expect(sent.length).toBeGreaterThan(60)
  const order = [...new Set(deliveries.map(({ conversation }) => conversation))]
  expect(order).not.toEqual(conversations.map(({ id }) => id))
})

it('brings every kind of fault as often as it was asked to, and crashes the database all along', () => {
  const kinds = writeScript(7, scale).steps.map(({ fault }) => fault.kind)
  const others = kinds.filter((kind) => kind !== 'crash_database')
  expect(others.toSorted()).toEqual([...allFaults, ...allFaults].toSorted())
  expect(kinds).toEqual(
    others.flatMap((kind, at) => (at % 2 === 0 ? [kind] : [kind, 'crash_database'])),
  )
})

it('goes on with as many planned projects as it was asked to, and with one that is built', () => {
  const { conversations, visits } = writeScript(7, scale)
  const visited = new Set(visits.map(({ conversation }) => conversation))
  const kinds = conversations.filter(({ id }) => visited.has(id)).map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind === 'plan')).toHaveLength(6)
  expect(kinds.filter((kind) => kind === 'build')).toHaveLength(1)
  expect(new Set(visits.map(({ does }) => does))).toEqual(new Set(['talk', 'answer']))
  expect(new Set(visits.map(({ key }) => key)).size).toBe(visits.length)
})
