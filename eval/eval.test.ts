import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

const run = promisify(execFile)

/** What the command prints for these talks. */
async function evaluate(...options: string[]): Promise<string> {
  const main = join(import.meta.dirname, 'main.ts')
  const { stdout } = await run(process.execPath, [main, ...options], {
    // No key of whoever runs the tests is used.
    env: { PATH: process.env['PATH'] },
  })
  return stdout
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

  it('says so when no model is there to be measured', async () => {
    await expect(evaluate('--model', '--talk', 'door sign')).rejects.toThrow(
      'The settings name no language model.',
    )
  })

  it('says so when there is no such talk', async () => {
    await expect(evaluate('--talk', 'nowhere')).rejects.toThrow('There is no talk named nowhere.')
  })
})
