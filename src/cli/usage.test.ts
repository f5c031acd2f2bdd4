import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runCommand } from '../../test/support/command.ts'
import { makeDataFolder } from '../../test/support/data-folder.ts'
import { onPostgres } from '../../test/support/databases.ts'
import { ensureFirstWorkspace } from '../access/first-workspace.ts'
import { agedProject } from '../ops/testing/aged.ts'
import { listAudit } from '../store/audit.ts'
import type { Database } from '../store/database.ts'
import { openPglite } from '../store/open-pglite.ts'
import { openPostgres } from '../store/open-postgres.ts'
import { book } from '../store/testing/book.ts'

let folder: string
beforeEach(async () => {
  folder = await makeDataFolder('usage')
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** A project with a call of known and one of unknown cost. */
async function leaveUsage(database: Database): Promise<{ projectId: string; workspaceId: string }> {
  const { db } = database
  const { workspaceId } = await ensureFirstWorkspace(database, randomUUID)
  const at = new Date()
  const projectId = await agedProject(db, workspaceId, { status: 'completed', at, events: 1 })
  for (const [model, costMicros] of [
    ['gpt-5.2', 315_000],
    ['unheard\u001b[31m-of', null],
  ] as const) {
    await book(db, {
      id: randomUUID(),
      workspaceId,
      projectId,
      stage: 'analyse',
      provider: 'openai',
      model,
      answeredBy: null,
      prompt: 'analyse@v1',
      inputTokens: 100_000,
      cachedInputTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: 10_000,
      reasoningTokens: 0,
      ms: 1,
      outcome: 'used',
      requestId: null,
      costMicros,
      mostMicros: costMicros,
      at,
    })
  }
  return { projectId, workspaceId }
}

onPostgres('talkwright usage and talkwright budget', (url) => {
  it('show what was spent and set what may be', async () => {
    const database = await openPostgres({ connectionString: url(), onError: () => undefined })
    const { projectId, workspaceId } = await leaveUsage(database)
    const run = async (...args: string[]) => {
      const environment = { TALKWRIGHT_DATA: folder, DATABASE_URL: url() }
      const { code, lines } = await runCommand(args, environment)
      expect([args, code]).toEqual([args, 0])
      return lines
    }
    const unknown = { unknownCalls: 1, unknownUsd: null }
    const total = { by: 'total', calls: 2, inputTokens: 200_000, costUsd: '0.315', ...unknown }
    for (const args of [['usage'], ['usage', '--project', projectId]]) {
      const lines = await run(...args)
      expect(lines.map(({ by, name }) => [by, name])).toMatchObject([
        ['day', expect.any(String)],
        ['stage', 'analyse'],
        ['model', 'openai/gpt-5.2'],
        ['model', expect.stringContaining('unheard')],
        ['total', undefined],
        ...(args.includes('--project') ? [[undefined, undefined]] : []),
        [undefined, undefined],
      ])
      expect(lines.find(({ by }) => by === 'total')).toMatchObject(total)
      expect(lines.at(-1)).toMatchObject({ event: 'budget', scope: 'workspace', state: 'none' })
    }
    expect(await run('budget', 'set', '0.35')).toMatchObject([
      { scope: 'workspace', limitUsd: '0.35', spentUsd: '0.315', ...unknown, state: 'warned' },
    ])
    expect(await run('budget', 'set', '0.30', '--project', projectId)).toMatchObject([
      { scope: 'project', limitUsd: '0.30', leftUsd: '0.00', state: 'exceeded' },
      { scope: 'workspace', limitUsd: '0.35' },
    ])
    expect(await run('budget', 'remove', '--project', projectId)).toMatchObject([
      { scope: 'project', limitUsd: null, state: 'none' },
      { scope: 'workspace' },
    ])
    const lines = await listAudit(database.db, workspaceId, 10)
    await database.close()
    expect(lines.map(({ action }) => action)).toEqual(['budget.remove', 'budget.set', 'budget.set'])
  })
})

it('shows what was spent on the embedded database', async () => {
  const database = await openPglite({ folder, token: randomUUID() })
  await leaveUsage(database)
  await database.close()
  const { code, lines } = await runCommand(['usage'], { TALKWRIGHT_DATA: folder })
  expect([code, lines.at(-2)]).toMatchObject([0, { by: 'total', calls: 2, costUsd: '0.315' }])
})

it('says what is wrong with what it was asked for', async () => {
  for (const [code, ...args] of [
    ['bad_option', 'usage', '--project', 'mine'],
    ['bad_option', 'usage', '--days', '400'],
    ['bad_amount', 'budget', 'set', '1,50'],
    ['not_found', 'budget', 'set', '1', '--project', randomUUID()],
  ] as const) {
    const answer = await runCommand(args, { TALKWRIGHT_DATA: folder })
    expect([args, answer.code, answer.lines]).toMatchObject([args, 1, [{ error: { code } }]])
  }
})
