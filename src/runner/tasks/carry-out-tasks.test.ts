import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AgentOutcome } from '../agents/agent-driver.ts'
import { carryOutTasks } from './carry-out-tasks.ts'
import { planTasks, type PlanTask } from './plan-task.ts'
import type { Verdict, Workbench } from './workbench.ts'

const file = (name: string, content: string) => ({ path: `.kiro/specs/demo/${name}`, content })

/** The tasks of a plan with the lines of a tasks.md and its waves. */
function plan(lines: readonly string[], waves: readonly (readonly string[])[] = []): PlanTask[] {
  const graph = JSON.stringify({ waves: waves.map((tasks, id) => ({ id, tasks })) })
  const section =
    waves.length === 0 ? '' : `\n## Task Dependency Graph\n\n\`\`\`json\n${graph}\n\`\`\`\n`
  return planTasks([
    file('tasks.md', `# Implementation Plan\n\n## Tasks\n\n${lines.join('\n')}\n${section}`),
  ])
}

const ended: AgentOutcome = { type: 'ended', stopReason: 'end_turn' }
const refused: Verdict = { type: 'refused', reason: 'bad', complaint: 'bad' }
const verified: Verdict = { type: 'verified' }

interface Play {
  /** What a task's turns come to, one after the other; the last one is repeated. */
  turns?: Readonly<Record<string, readonly AgentOutcome[]>>
  verdicts?: Readonly<Record<string, readonly Verdict[]>>
  unchanged?: readonly string[]
  /** Tasks that an earlier attempt has carried out. */
  done?: readonly string[]
}

/** A bench and a worker that act a play, and what happened. */
function stage(
  tasks: readonly PlanTask[],
  { turns = {}, verdicts = {}, unchanged = [], done = [] }: Play,
) {
  const events: string[] = []
  const counts = new Map<string, number>()
  const next = <T>(kind: string, number: string, list: readonly T[] | undefined, usual: T): T => {
    const count = counts.get(kind + number) ?? 0
    counts.set(kind + number, count + 1)
    return list?.[Math.min(count, list.length - 1)] ?? usual
  }
  const bench: Workbench = {
    tasks,
    isDone: ({ number }) => done.includes(number),
    begin: async ({ number }) => void events.push(`begin ${number}`),
    takeIn: async ({ number }) => !unchanged.includes(number),
    async verify({ number }) {
      events.push(`verify ${number}`)
      return next('verify', number, verdicts[number], verified)
    },
    keep: async ({ number }) => void events.push(`keep ${number}`),
    leave: async ({ number }, reason) => void events.push(`leave ${number}: ${reason}`),
  }
  const turn = (kind: string) => async (task: PlanTask) => {
    events.push(`${kind} ${task.number}`)
    return next('turn', task.number, turns[task.number], ended)
  }
  return { events, bench, worker: { carryOut: turn('work'), mend: turn('mend') } }
}

async function act(tasks: readonly PlanTask[], play: Play, includeOptional = false) {
  const { events, bench, worker } = stage(tasks, play)
  const { signal } = new AbortController()
  const outcome = await carryOutTasks(bench, worker, { includeOptional, maxReturns: 3, signal })
  return { events, outcome }
}

test('works wave by wave, and runs only the tests at a checkpoint', async () => {
  const tasks = plan(
    [
      '- [ ] 1. One',
      '- [ ] 2. Two',
      '- [ ] 3. Checkpoint - Ensure all tests pass',
      '- [ ] 4. Four',
    ],
    [['2'], ['1', '4']],
  )
  const { events } = await act(tasks, {})
  expect(events.filter((event) => /^(work|verify)/.test(event))).toEqual([
    'work 2',
    'verify 2',
    'work 1',
    'verify 1',
    'verify 3',
    'work 4',
    'verify 4',
  ])
})

test('gives a task back as often as allowed, and a checkpoint never', async () => {
  const tasks = plan(['- [ ] 1. One', '- [ ] 2. Checkpoint - Ensure all tests pass'])
  const { events } = await act(tasks, { verdicts: { 1: [refused], 2: [refused] } })
  expect(events.join(', ')).toBe(
    'begin 1, work 1, verify 1, mend 1, verify 1, mend 1, verify 1, mend 1, verify 1, leave 1: bad, ' +
      'begin 2, verify 2, leave 2: bad',
  )
})

test('does not try a task whose criterion an open one was to carry out', async () => {
  const tasks = plan(
    [
      '- [ ] 1. Set up',
      '- [ ] 2. Search',
      '  - _Requirements: 1.1_',
      '- [ ] 3. Write property test: Search',
      '  - **Validates: Requirements 1.1**',
      '- [ ] 4. Add',
      '  - _Requirements: 1.2_',
    ],
    [['1'], ['2'], ['3', '4']],
  )
  const { events } = await act(tasks, { unchanged: ['2'] })
  expect(events.filter((event) => /^(leave|keep)/.test(event))).toEqual([
    'keep 1',
    'leave 2: The agent changed nothing for this task.',
    'leave 3: Task 2, which it builds on, is open.',
    'keep 4',
  ])
})

test('tries nothing of the later waves while nothing is verified', async () => {
  const tasks = plan(['- [ ] 1. Set up', '- [ ] 2. Two'], [['1'], ['2']])
  const { events } = await act(tasks, { unchanged: ['1'] })
  expect(events.at(-1)).toBe('leave 2: Nothing is verified that it could build on: task 1 is open.')
})

test('takes a task that only confirms as done when its tests pass, although nothing has changed', async () => {
  const tasks = plan(['- [ ] 1. See the test of the defect pass', '- [ ] 2. Pass on the news'])
  const { events } = await act(tasks, { unchanged: ['1', '2'] })
  expect(events.filter((event) => /^(leave|keep)/.test(event))).toEqual([
    'keep 1',
    'leave 2: The agent changed nothing for this task.',
  ])
})

test('carries optional tasks out when they are ordered', async () => {
  const tasks = plan(['- [ ] 1. One', '- [ ]* 2. Two'])
  expect((await act(tasks, {}, true)).events).toContain('keep 2')
  expect((await act(tasks, {}, false)).events).toContain('leave 2: Optional, and not ordered.')
})

test('ends with the agent, and leaves its last task open with what it died of', async () => {
  const died: AgentOutcome = { type: 'failed', code: 'agent_died', message: 'It died.' }
  const { events, outcome } = await act(plan(['- [ ] 1. One', '- [ ] 2. Two']), {
    turns: { 1: [died] },
  })
  expect(outcome).toEqual(died)
  expect(events).toEqual(['begin 1', 'work 1', 'leave 1: It died.'])
})

test('passes over what an earlier attempt has carried out, and builds on it', async () => {
  const tasks = plan(['- [ ] 1. One', '- [ ] 2. Two'])
  expect((await act(tasks, { done: ['1'] })).events).toEqual([
    'begin 2',
    'work 2',
    'verify 2',
    'keep 2',
  ])
})

const outcomes = fc.constantFrom<AgentOutcome>(
  ended,
  { type: 'ended', stopReason: 'max_tokens' },
  { type: 'failed', code: 'agent_refused', message: 'no' },
)

test('decides each task once, and keeps none that is not verified', async () => {
  const numbers = ['1', '2', '3', '4']
  const perTask = <T>(one: fc.Arbitrary<T>) =>
    fc.record(Object.fromEntries(numbers.map((number) => [number, one])))
  await fc.assert(
    fc.asyncProperty(
      perTask(fc.array(outcomes, { minLength: 1, maxLength: 3 })),
      perTask(
        fc.array(fc.constantFrom<Verdict>(verified, refused), { minLength: 1, maxLength: 5 }),
      ),
      fc.subarray(numbers),
      fc.subarray(numbers),
      async (turns, verdicts, unchanged, optional) => {
        const lines = numbers.map(
          (number) => `- [ ]${optional.includes(number) ? '*' : ''} ${number}. Task`,
        )
        const { events, outcome } = await act(plan(lines), { turns, verdicts, unchanged })
        expect(outcome).toEqual(ended)
        const decided = events.filter((event) => /^(keep|leave)/.test(event))
        expect(decided.map((event) => event.split(/[ :]/)[1])).toEqual(numbers)
        const kept = events.flatMap((event, index) =>
          event.startsWith('keep') ? [[event.replace('keep', 'verify'), events[index - 1]]] : [],
        )
        for (const [verification, before] of kept) expect(before).toBe(verification)
        for (const number of numbers) {
          const worked = events.filter(
            (event) => event === `work ${number}` || event === `mend ${number}`,
          )
          expect(worked.length).toBeLessThanOrEqual(4)
        }
      },
    ),
  )
})
