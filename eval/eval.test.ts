import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createOfflineAnalyst } from '../src/analysis/offline/analyst.ts'
import { answerOf } from '../src/analysis/testing/answers.ts'
import { turnsOf } from '../src/analysis/testing/expected-talk.ts'
import { knownTalks } from '../src/analysis/testing/talks/all-talks.ts'
import { testKey } from '../src/model/testing/harness.ts'
import { type Reply, startModelServer } from '../src/model/testing/model-server.ts'
import { createOfflinePlanner } from '../src/planning/offline/planner.ts'
import { proposalOf } from '../src/planning/testing/proposals.ts'

const run = promisify(execFile)

/** What the command prints for these talks. */
function evaluate(...options: string[]): Promise<string> {
  return evaluateWith({}, ...options)
}

async function evaluateWith(
  settings: Readonly<Record<string, string>>,
  ...options: string[]
): Promise<string> {
  const main = join(import.meta.dirname, 'main.ts')
  const { stdout } = await run(process.execPath, [main, ...options], {
    // No key of whoever runs the tests is used.
    env: { PATH: process.env['PATH'], ...settings },
  })
  return stdout
}

/** What the command prints of a local server's model that gives these answers. */
async function withModels(replies: readonly Reply[], ...options: string[]): Promise<string> {
  await using server = await startModelServer({ key: testKey, models: ['model-c'] })
  server.reply(...replies)
  const settings = {
    TALKWRIGHT_MODELS: 'compatible/model-c',
    COMPATIBLE_API_KEY: testKey,
    COMPATIBLE_BASE_URL: server.url,
  }
  return await evaluateWith(settings, '--model', ...options)
}

const Row = z.object({
  talk: z.string(),
  group: z.enum(['tuned', 'held back', 'blind', 'unseen', 'real']),
  refused: z.string().optional(),
  lintErrors: z.number(),
})
const Summary = z.object({ summary: z.string(), precision: z.number(), recall: z.number() })

describe('npm run eval', () => {
  it('prints a line for each talk and group, the same at every run', async () => {
    const options = ['--json', '--talk', 'door sign', '--talk', 'german bakery', '--talk', 'barber']
    const [first, second] = [await evaluate(...options), await evaluate(...options)]
    expect(second).toBe(first)
    const lines = first
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    const rows = lines.slice(0, 3).map((line) => Row.parse(line))
    expect(rows).toMatchObject([
      { talk: 'door sign', group: 'tuned', lintErrors: 0 },
      { talk: 'german bakery', group: 'tuned', refused: 'language_unsupported' },
      { talk: 'barber', group: 'held back', lintErrors: 0 },
    ])
    const summaries = lines.slice(3).map((line) => Summary.parse(line))
    expect(summaries.map(({ summary }) => summary)).toEqual(['tuned', 'held back', 'golden'])
  })

  it('tells in a table, and never what was missed in a talk that is held back', async () => {
    const table = await evaluate('--details', '--talk', 'door sign', '--talk', 'barber')
    expect(table).toContain('HELD BACK')
    expect(table).not.toContain('\nbarber\n')
    expect(table).toContain('\ndoor sign\n')
  })

  it('measures the models of a local server in the same table, and says what gave no answer', async () => {
    const talk = knownTalks.find(({ name }) => name === 'door sign')
    const brief = await createOfflineAnalyst().analyse({ turns: turnsOf(talk?.lines ?? []) })
    const specId = '0a0a0a0a-0000-4000-8000-000000000001'
    const plan = await createOfflinePlanner().plan({ brief, specId })
    const honest: Reply = {
      kind: 'made',
      make: ({ instructions }) => {
        const said = instructions.includes('You get a brief')
          ? proposalOf(plan, brief)
          : answerOf(brief)
        return { kind: 'text', text: JSON.stringify(said) }
      },
    }
    const busy: Reply = { kind: 'error', status: 529, type: 'overloaded_error', message: 'Busy' }
    // Two calls, with two repairs each.
    const answers = Array.from({ length: 6 }, () => honest)
    const table = await withModels(answers, '--talk', 'door sign')
    const offline = await evaluate('--talk', 'door sign')
    expect(table.split('\n')[1]).toBe(offline.split('\n')[1])
    expect(table).toMatch(/^door sign +very short +\d+ +\d+\.\d/m)
    const failed = await withModels([busy], '--json', '--talk', 'barber')
    expect(JSON.parse(failed.split('\n')[0] ?? '')).toMatchObject({
      analyst: 'compatible/model-c',
      refused: 'model_overloaded',
    })
  })

  it('says so when no model is there to be measured', async () => {
    await expect(evaluate('--model', '--talk', 'door sign')).rejects.toThrow(
      'The settings name no language model.',
    )
  })

  it('says so when there is no such talk', async () => {
    await expect(evaluate('--talk', 'nowhere')).rejects.toThrow('There is no talk named nowhere.')
  })
})
