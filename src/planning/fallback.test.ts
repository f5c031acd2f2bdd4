import { expect, it } from 'vitest'
import { AppError } from '../domain/errors.ts'
import { silentLog } from '../domain/log.ts'
import { withFallback } from './fallback.ts'
import { createOfflinePlanner } from './offline/planner.ts'
import type { Planner } from './planner.ts'
import { workshopBrief } from './testing/briefs.ts'

const input = { brief: workshopBrief(), specId: '0a0a0a0a-0000-4000-8000-000000000001' }

function failing(code: string): Planner {
  return { name: 'model', plan: () => Promise.reject(new AppError(code, 'No.')) }
}

it.each(['model_refused', 'model_plan_not_valid'])(
  'goes on with the last link after %s',
  async (code) => {
    const plan = await withFallback(failing(code), createOfflinePlanner(), silentLog).plan(input)
    expect(plan.madeBy.kind).toBe('offline')
  },
)

it.each(['budget_exceeded', 'nothing_asked'])(
  'ends with %s, which has nothing to do with the model',
  async (code) => {
    const planning = withFallback(failing(code), createOfflinePlanner(), silentLog).plan(input)
    await expect(planning).rejects.toMatchObject({ code })
  },
)
