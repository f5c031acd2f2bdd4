import { describe, expect, it } from 'vitest'
import { isSettled, nextStatus, ProjectStatus, type StatusAction } from './status.ts'

const actions: readonly StatusAction[] = [
  { type: 'start_analysis' },
  { type: 'start_planning' },
  { type: 'await_approval' },
  { type: 'start_build' },
  { type: 'complete' },
  { type: 'fail' },
  { type: 'cancel' },
  { type: 'pause' },
  { type: 'retry', from: 'analyse' },
  { type: 'retry', from: 'plan' },
  { type: 'retry', from: 'build' },
  { type: 'revise' },
  { type: 'edit_plan' },
]

/** The whole machine: for each status, what each action above leads to; `-` where it is refused. */
const table: Readonly<Record<ProjectStatus, string>> = {
  received: 'analysing - - - - failed cancelled paused - - - analysing -',
  analysing: 'analysing planning - - - failed cancelled paused - - - analysing -',
  planning: '- planning awaiting_approval - - failed cancelled paused - - - analysing -',
  awaiting_approval:
    '- - - building - failed cancelled paused analysing planning building analysing awaiting_approval',
  building: '- - awaiting_approval building completed failed cancelled paused - - - - -',
  completed: '- - - - - - - - analysing planning building analysing awaiting_approval',
  failed: '- - - - - - - - analysing planning building analysing awaiting_approval',
  cancelled: '- - - - - - - - analysing planning building analysing awaiting_approval',
  paused: '- - - - - failed cancelled - analysing planning building analysing -',
}

describe('the status machine', () => {
  it.each(ProjectStatus.options)('allows from %s exactly what the table says', (status) => {
    const reached = actions.map((action) => nextStatus(status, action) ?? '-')
    expect(reached.join(' ')).toBe(table[status])
  })

  it('leaves an end only by what a person does', () => {
    for (const status of ProjectStatus.options.filter(isSettled)) {
      const ways = actions.filter((action) => nextStatus(status, action) !== undefined)
      const types = new Set(ways.map(({ type }) => type))
      expect(types).toEqual(new Set(['retry', 'revise', 'edit_plan']))
    }
  })
})
