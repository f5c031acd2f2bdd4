import { describe, expect, it } from 'vitest'
import { AppError } from '../domain/errors.ts'
import { silentLog } from '../domain/log.ts'
import type { Analyst } from './analyst.ts'
import { withFallback } from './fallback.ts'
import { createOfflineAnalyst } from './offline/analyst.ts'
import { turnsOf } from './testing/expected-talk.ts'
import { library } from './testing/talks/library.ts'

const offline = createOfflineAnalyst()
const turns = turnsOf(library.lines)
const german = turnsOf([
  'C: Unsere Mitglieder sollen im Verein Bücher ausleihen können, ganz einfach und ohne Papier.',
])

function failing(code: string, retryable = false): Analyst {
  return {
    name: 'model',
    analyse: () => Promise.reject(new AppError(code, 'No.', { retryable })),
  }
}

describe('an analyst with a last link', () => {
  it.each(['model_refused', 'model_overloaded', 'model_invalid_output', 'model_context_too_small'])(
    'goes on with it after %s',
    async (code) => {
      const brief = await withFallback(failing(code), offline, silentLog).analyse({ turns })
      expect(brief.madeBy.kind).toBe('offline')
    },
  )

  it.each(['budget_exceeded', 'talk_asks_too_much', 'internal'])(
    'ends with %s, which has nothing to do with the model',
    async (code) => {
      const analysing = withFallback(failing(code), offline, silentLog).analyse({ turns })
      await expect(analysing).rejects.toMatchObject({ code })
    },
  )

  it('ends with what the model said where the last link cannot help either', async () => {
    const analyst = withFallback(failing('model_rate_limited', true), offline, silentLog)
    await expect(analyst.analyse({ turns: german })).rejects.toMatchObject({
      code: 'model_rate_limited',
      retryable: true,
    })
  })

  it('does not go on after an abort', async () => {
    const analyst = withFallback(failing('model_timeout'), offline, silentLog)
    const aborted = AbortSignal.abort()
    await expect(analyst.analyse({ turns }, aborted)).rejects.toMatchObject({
      code: 'model_timeout',
    })
  })
})
