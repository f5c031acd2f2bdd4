import type {
  OperateErrorsView,
  OperateModelsView,
  OperateQueueView,
  OperateWorkersView,
} from '../../src/http/operate-views.ts'
import type { DeadLetterListView } from '../../src/http/queue-views.ts'

/** Made-up figures of a system that is looked after. */

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString()

const wave = (most: number, shift: number) =>
  Array.from({ length: 30 }, (_, n) => Math.round((most * (1 + Math.sin((n + shift) / 3))) / 2))
const none = wave(0, 0)

function queue(): OperateQueueView {
  const failed = none.map((_, n) => (n === 12 || n === 25 ? 3 : 0))
  return {
    state: 'busy',
    expectedWaitSeconds: 95,
    stages: [
      { stage: 'ingest', ready: 0, active: 0, oldestSeconds: 0, done: wave(20, 1), failed: none },
      { stage: 'fetch', ready: 2, active: 1, oldestSeconds: 4, done: wave(5, 4), failed: none },
      { stage: 'analyse', ready: 41, active: 4, oldestSeconds: 95, done: wave(12, 2), failed },
      { stage: 'plan', ready: 3, active: 4, oldestSeconds: 2, done: wave(9, 3), failed: none },
      { stage: 'build', ready: 7, active: 2, oldestSeconds: 340, done: wave(2, 6), failed: none },
    ],
  }
}

const letters: DeadLetterListView = {
  items: [
    {
      id: '5a1f0000-0000-4000-8000-000000000001',
      stage: 'analyse',
      projectId: 'failed',
      code: 'model_refused',
      message: 'The model refused the talk. Look at what was said, or choose another model.',
      attempts: 1,
      createdAt: ago(300),
    },
    {
      id: '5a1f0000-0000-4000-8000-000000000002',
      stage: 'build',
      projectId: null,
      code: 'build_api_unreachable',
      message: 'None of the builders answers: are the runners up, and KIRO_API_URL right?',
      attempts: 6,
      createdAt: ago(4_000),
    },
  ],
  nextCursor: null,
}

const tokens = { calls: 40, inputTokens: 9, cachedInputTokens: 0, outputTokens: 9 }
const spent = (name: string, costUsd: string | null, unknownCalls = 0) => ({
  ...tokens,
  name,
  costUsd,
  unknownCalls,
  unknownUsd: null,
})

function models(): OperateModelsView {
  const [opus, gpt] = ['anthropic/claude-opus-5', 'openai/gpt-5.2']
  const health = { calls: 212, failed: 3, p50Ms: 4_200, p95Ms: 19_400, lastAt: ago(12) }
  const unwell = { calls: 31, failed: 22, p50Ms: 900, p95Ms: 61_000, lastAt: ago(200) }
  return {
    models: [
      { ...health, name: opus, breaker: 'closed', restsUntil: null },
      { ...unwell, name: gpt, breaker: 'open', restsUntil: ago(-45) },
    ],
    today: [spent(opus, '4.10'), spent(gpt, '0.35', 1)],
    month: [spent(opus, '96.20'), spent(gpt, '12.90', 3), spent('compatible/qwen3', null, 2)],
  }
}

function workers(): OperateWorkersView {
  const process = (
    id: string,
    pid: number,
    state: 'live' | 'silent' | 'stopped',
    beat: number,
  ) => ({
    id,
    name: null,
    host: 'talkwright-1',
    pid,
    startedAt: ago(86_000),
    heartbeatAt: ago(beat),
    state,
  })
  const error = { code: 'build_api_unreachable', message: 'The build API does not answer.' }
  return {
    processes: { live: 1, silent: 1 },
    atWork: 4,
    builders: { all: 2, silent: 1, running: 2, waiting: 1, slots: 2 },
    connections: 17,
    machine: {
      workers: [
        process('a', 4120, 'live', 3),
        process('b', 4188, 'silent', 400),
        process('c', 3900, 'stopped', 9_000),
      ],
      atWork: [{ stage: 'analyse', active: 4, oldestStartedAt: ago(70), lastBeatAt: ago(2) }],
      builders: [
        {
          name: 'built-in 1f',
          load: { agent: 'scaffolder', running: 2, waiting: 1, slots: 2 },
          error: null,
        },
        { name: 'https://runner.example.org', load: null, error },
      ],
    },
  }
}

const errors: OperateErrorsView = {
  items: [
    {
      at: ago(40),
      kind: 'model',
      what: 'openai/gpt-5.2',
      code: 'model_failed',
      message: null,
      projectId: 'building',
      trace: 'req_011CQx8d5b2a7e',
    },
    {
      at: ago(300),
      kind: 'stage',
      what: 'analyse',
      code: 'model_refused',
      message: 'The model refused the talk. Look at what was said, or choose another model.',
      projectId: 'failed',
      trace: '5a1f0000-0000-4000-8000-000000000001',
    },
  ],
}

/** What an operator's question is answered with; undefined for one that is none. */
export function operateAnswer(path: string): unknown {
  switch (path) {
    case '/v1/operate/queue':
      return queue()
    case '/v1/operate/models':
      return models()
    case '/v1/operate/workers':
      return workers()
    case '/v1/operate/errors':
      return errors
    case '/v1/queue/dead-letters':
      return letters
    default:
      return undefined
  }
}
