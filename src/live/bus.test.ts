import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { silentLog } from '../domain/log.ts'
import { type BusOptions, createTeller, hear } from './bus.ts'

function makeOptions(heard: string[] = []): BusOptions {
  return {
    id: randomUUID(),
    log: silentLog,
    onPoke: (ids) => heard.push(...ids),
    onGap: () => undefined,
  }
}

describe('a bus', () => {
  it('tells everything that was poked, in messages that a NOTIFY carries', async () => {
    const ids = fc.uniqueArray(fc.uuid(), { maxLength: 700 })
    await fc.assert(
      fc.asyncProperty(ids, async (poked) => {
        const heard: string[] = []
        const other = makeOptions(heard)
        const teller = createTeller(makeOptions(), async (messages) => {
          for (const message of messages) {
            expect(Buffer.byteLength(message)).toBeLessThan(8_000)
            hear(other, message)
          }
        })
        for (const id of poked) teller.poke(id)
        await teller.close()
        expect(heard.sort()).toEqual(poked.sort())
      }),
      { numRuns: 30 },
    )
  })

  it('tells what comes together once', async () => {
    const sent: string[] = []
    const teller = createTeller(makeOptions(), async (messages) => sent.push(...messages))
    for (let time = 0; time < 100; time += 1) teller.poke('00000000-0000-4000-8000-000000000000')
    await teller.close()
    expect(sent).toHaveLength(2)
  })

  it('does not hear itself, nor what is no message', () => {
    const heard: string[] = []
    const options = makeOptions(heard)
    for (const text of [`${options.id}:aa`, '', ':', 'x:', 'x:y z', `${'x'.repeat(65)}:aa`]) {
      hear(options, text)
    }
    expect(heard).toEqual([])
    hear(options, 'other:aa,bb')
    expect(heard).toEqual(['aa', 'bb'])
  })

  it('goes on after news that could not be told', async () => {
    let calls = 0
    const teller = createTeller(makeOptions(), async () => {
      calls += 1
      throw new Error('down')
    })
    teller.poke('a')
    await teller.close()
    expect(calls).toBe(1)
  })
})
