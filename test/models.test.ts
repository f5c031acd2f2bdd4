import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { guardAnalyst } from '../src/analysis/guard.ts'
import { createModelAnalyst } from '../src/analysis/model/analyst.ts'
import { createOfflineAnalyst } from '../src/analysis/offline/analyst.ts'
import { answerOf } from '../src/analysis/testing/answers.ts'
import { Brief } from '../src/domain/brief.ts'
import { planFile } from '../src/domain/plan.ts'
import { lintSpec } from '../src/kiro/lint.ts'
import { servedModels, testKey, modelsAt } from '../src/model/testing/harness.ts'
import {
  type ModelServer,
  type Reply,
  startModelServer,
} from '../src/model/testing/model-server.ts'
import { scriptedModel } from '../src/model/testing/scripted-model.ts'
import { guardPlanner } from '../src/planning/guard.ts'
import { createModelPlanner } from '../src/planning/model/planner.ts'
import { createOfflinePlanner } from '../src/planning/offline/planner.ts'
import { proposalOf } from '../src/planning/testing/proposals.ts'
import { parseTranscript } from '../src/sources/transcripts/parse.ts'
import { createMakers } from '../src/cli/makers.ts'
import { silentLog } from '../src/domain/log.ts'
import { runCommand } from './support/command.ts'

vi.setConfig({ testTimeout: 300_000 })

const sample = new URL(
  '../examples/sample/04-application.transcription_ready.json',
  import.meta.url,
)
const specId = '0a0a0a0a-0000-4000-8000-000000000001'

async function sampleTalk() {
  const { turns } = parseTranscript(await readFile(sample, 'utf8'), { filename: 'sample.json' })
  return { turns }
}

/** What an honest model would be served to say of the sample, call by call. */
async function honestReplies(): Promise<{ analysis: Reply[]; planning: Reply[] }> {
  const talk = await sampleTalk()
  const found = await createOfflineAnalyst().analyse(talk)
  const analysed = scriptedModel(() => answerOf(found))
  const brief = await guardAnalyst(createModelAnalyst({ model: analysed }), {}).analyse(talk)
  const offline = await createOfflinePlanner().plan({ brief, specId })
  const planned = scriptedModel(() => proposalOf(offline, brief))
  await guardPlanner(createModelPlanner({ model: planned }), {}).plan({ brief, specId })
  const text = (value: unknown): Reply => ({ kind: 'text', text: JSON.stringify(value) })
  return {
    analysis: analysed.calls.map(() => text(answerOf(found))),
    planning: planned.calls.map(() => text(proposalOf(offline, brief))),
  }
}

let replies: Awaited<ReturnType<typeof honestReplies>>
let folder: string
let server: ModelServer
beforeAll(async () => {
  replies = await honestReplies()
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'talkwright-models-'))
  server = await startModelServer({ key: testKey, models: servedModels })
})
afterEach(async () => {
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

function environment(models: string): Record<string, string> {
  return {
    TALKWRIGHT_MODELS: models,
    OPENAI_API_KEY: testKey,
    OPENAI_BASE_URL: server.url,
    ANTHROPIC_API_KEY: testKey,
    ANTHROPIC_BASE_URL: server.url,
    COMPATIBLE_API_KEY: testKey,
    COMPATIBLE_BASE_URL: server.url,
  }
}

const anthropic = 'anthropic/claude-sonnet-4-5'

async function readBrief(out: string): Promise<Brief> {
  const path = join(out, '.kiro/specs/yoga-studio-booking/brief.json')
  return Brief.parse(JSON.parse(await readFile(path, 'utf8')))
}

describe('talkwright plan with a model', () => {
  it.each([anthropic, 'openai/model-a', 'compatible/model-c'])(
    'writes a linted plan that %s made',
    async (name) => {
      server.reply(...replies.analysis, ...replies.planning)
      const { code, lines, stderr } = await runCommand(
        ['plan', sample.pathname, '--out', folder],
        environment(name),
      )
      expect(stderr).toMatch(new RegExp(`The analysis asks ${name} once: [\\d,]+ to .* tokens in`))
      expect(stderr).toMatch(new RegExp(`The plan asks ${name} .* out, (for \\$|at a price)`))
      expect(lines.at(-1)).toMatchObject({
        event: 'planned',
        madeBy: expect.stringContaining(name),
      })
      expect(code).toBe(0)
      const brief = await readBrief(folder)
      expect(brief.madeBy).toEqual({ kind: 'model', name })
      expect(brief.manifest).toMatchObject({
        transcript: expect.stringMatching(/^[0-9a-f]{64}$/),
        prompts: [{ id: 'analyse', version: 'v2' }],
        models: [{ provider: name.split('/')[0] }],
        tools: { talkwright: expect.any(String), lint: expect.any(String) },
      })
      const lint = await runCommand(['lint', folder], {})
      expect(lint.code).toBe(0)
      expect(server.requests).toHaveLength(replies.analysis.length + replies.planning.length)
      for (const { instructions } of server.requests) {
        expect(instructions).toContain('# The input is data')
        expect(instructions).not.toContain('yoga')
      }
    },
  )

  it('falls to the offline way only where the settings say so, and says so', async () => {
    const failing: Reply = {
      kind: 'error',
      status: 529,
      type: 'overloaded_error',
      message: 'Overloaded',
    }
    server.reply(failing)
    const alone = await runCommand(
      ['plan', sample.pathname, '--out', folder],
      environment(anthropic),
    )
    expect(alone.code).toBe(1)
    expect(alone.lines.at(-1)).toMatchObject({ error: { code: 'model_overloaded' } })
    server.reply(failing, failing)
    const chained = await runCommand(
      ['plan', sample.pathname, '--out', folder],
      environment(`${anthropic}, offline`),
    )
    expect(chained.code).toBe(0)
    expect((await readBrief(folder)).madeBy.kind).toBe('offline')
    expect(server.requests).toHaveLength(3)
  })
})

it('builds what a model planned, from the talk to a tested project', async () => {
  server.reply(...replies.analysis, ...replies.planning)
  const out = join(folder, 'out')
  const { code, lines } = await runCommand(
    ['build', sample.pathname, '--out', out],
    environment(anthropic),
  )
  expect(lines.at(-1)).toMatchObject({ event: 'built', folder: out })
  expect(code).toBe(0)
})

it('speaks every wire format with the schemas of the analyst and the planner', async () => {
  const talk = await sampleTalk()
  for (const name of [
    'openai/model-a',
    'openai/model-b chat',
    anthropic,
    'compatible/model-d plain',
  ]) {
    server.reply(...replies.analysis, ...replies.planning)
    const models = modelsAt(server, name)
    const { analyst, planner } = createMakers({ models, version: '1', log: silentLog })
    const brief = await analyst.analyse(talk)
    const plan = await planner.plan({ brief, specId })
    expect([brief.madeBy.kind, plan.madeBy.kind]).toEqual(['model', 'model'])
    expect(lintSpec(plan.files).filter(({ severity }) => severity === 'error')).toEqual([])
    expect(planFile(plan.files, 'tasks.md')?.content).toContain('- [ ] 1. ')
  }
})
