import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Turn } from '../../domain/turn.ts'
import { createOfflineAnalyst } from './analyst.ts'
import { inTurns, type Steps } from './steps.ts'

function* counting(to: number): Steps<string> {
  for (let at = 0; at < to; at += 1) yield 1_000
  return 'done'
}

function talkOf(sentences: number): Turn[] {
  return Array.from({ length: sentences }, (_, at) => ({
    id: `t${at + 1}`,
    speaker: 'client',
    role: 'client',
    text: `Members should be able to book room number ${at}, and the manager gets an email.`,
  }))
}

/** Counts the rounds of the event loop until the work is done. */
async function roundsDuring(work: Promise<unknown>): Promise<number> {
  const state = { rounds: 0, done: false }
  const finished = work.finally(() => {
    state.done = true
  })
  while (!state.done) {
    await setImmediate()
    state.rounds += 1
  }
  await finished
  return state.rounds
}

describe('work in steps', () => {
  it('gives its result', async () => {
    await expect(inTurns(counting(10))).resolves.toBe('done')
  })

  it('lets others go on in between', async () => {
    expect(await roundsDuring(inTurns(counting(100)))).toBeGreaterThan(20)
  })

  it('stops soon after it was aborted', async () => {
    const stop = new AbortController()
    const work = inTurns(counting(1_000_000), stop.signal)
    await setImmediate()
    stop.abort(new Error('That is enough.'))
    await expect(work).rejects.toThrow('That is enough.')
  })
})

describe('a long talk', () => {
  it('is analysed in many rounds of the event loop', async () => {
    const analyst = createOfflineAnalyst()
    expect(await roundsDuring(analyst.analyse({ turns: talkOf(600) }))).toBeGreaterThan(10)
  })

  it('can be given up midway', async () => {
    const stop = new AbortController()
    const work = createOfflineAnalyst().analyse({ turns: talkOf(5_000) }, stop.signal)
    await setImmediate()
    stop.abort(new Error('The worker stops.'))
    await expect(work).rejects.toThrow('The worker stops.')
  })
})

describe('many analysts', () => {
  it('can be made in one process, and give the same brief', async () => {
    const turns = talkOf(3)
    const briefs = new Set<string>()
    for (let made = 0; made < 40; made += 1)
      briefs.add(JSON.stringify(await createOfflineAnalyst().analyse({ turns })))
    expect(briefs.size).toBe(1)
  })
})
