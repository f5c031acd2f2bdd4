import type { MemberListView } from '../../src/http/access-views.ts'
import type { AuditListView } from '../../src/http/audit-views.ts'
import type { CommentListView } from '../../src/http/comment-views.ts'
import type { BuildEstimateView } from '../../src/http/build-estimate.ts'
import type { BudgetView, EstimateView, ProjectUsageView } from '../../src/http/usage-views.ts'
import type { PlanVersionListView } from '../../src/http/views.ts'
import { planView } from './fake-plan.ts'

/** What stands beside a made-up plan: its versions, comments, costs and who did what. */

const at = '2026-05-01T10:00:00.000Z'
const grace = '5d0c3a34-0000-4000-8000-000000000002'

export const members: MemberListView = {
  items: [
    { userId: 'u1', name: 'Ada', email: null, role: 'owner', since: at },
    { userId: grace, name: 'Grace', email: null, role: 'member', since: at },
  ],
}

const plans: PlanVersionListView = {
  items: [
    {
      version: planView.version,
      hash: planView.hash,
      title: planView.plan.title,
      createdAt: at,
      briefVersion: 1,
      editedBy: null,
      approved: planView.approved,
    },
  ],
}

const comment = {
  document: 'requirements.md',
  planVersion: 1,
  createdAt: at,
  quote: 'What the line said when this was written.',
} as const

const comments: CommentListView = {
  items: [
    {
      ...comment,
      id: 'c1',
      ref: '1.1',
      body: 'Who may book: members alone?',
      author: grace,
      resolved: null,
    },
    {
      ...comment,
      id: 'c2',
      ref: '99.1',
      body: 'Do we need this?',
      author: 'u1',
      resolved: { by: grace, at },
    },
  ],
}

const sum = {
  calls: 3,
  inputTokens: 48_200,
  cachedInputTokens: 12_000,
  outputTokens: 9_150,
  costUsd: '0.4312',
  unknownCalls: 1,
  unknownUsd: '0.1',
}

const budgets: BudgetView[] = [
  {
    scope: 'project',
    period: 'project',
    limitUsd: '2.00',
    spentUsd: '0.4312',
    unknownCalls: 1,
    unknownUsd: '0.1',
    leftUsd: '1.4688',
    state: 'ok',
  },
  {
    scope: 'workspace',
    period: '2026-05',
    limitUsd: '20.00',
    spentUsd: '17.10',
    unknownCalls: 0,
    unknownUsd: '0.00',
    leftUsd: '2.90',
    state: 'warned',
  },
]

const call = {
  model: 'anthropic/claude-sonnet-5-5',
  answeredBy: null,
  prompt: 'analyse@v1',
  cachedInputTokens: 0,
  reasoningTokens: 0,
  mostUsd: '0.1',
} as const

const usage: ProjectUsageView = {
  total: sum,
  byStage: [
    { name: 'analyse', ...sum, calls: 2 },
    { name: 'plan', ...sum, calls: 1, costUsd: null },
  ],
  byModel: [{ name: 'anthropic/claude-sonnet-5-5', ...sum }],
  byDay: [{ name: '2026-05-01', ...sum }],
  budgets,
  calls: [
    {
      ...call,
      id: 'u3',
      at,
      stage: 'plan',
      inputTokens: 20_000,
      outputTokens: 0,
      ms: 61_000,
      outcome: 'failed',
      costUsd: null,
    },
    {
      ...call,
      id: 'u1',
      at,
      stage: 'analyse',
      inputTokens: 28_200,
      outputTokens: 9_150,
      ms: 24_300,
      outcome: 'used',
      costUsd: '0.4312',
    },
  ],
  nextCursor: null,
}

const stage = {
  models: ['anthropic/claude-sonnet-5-5'],
  calls: 1,
  inputTokens: { low: 25_000, high: 31_000 },
  maxOutputTokens: 16_000,
}

const buildEstimate: BuildEstimateView = {
  tasks: { required: 12, optional: 2 },
  agents: [{ basis: 'free', agent: 'scaffolder' }],
}

const estimate: EstimateView = {
  stages: [
    { ...stage, stage: 'analyse', costUsd: { low: '0.21', high: '0.66' } },
    { ...stage, stage: 'plan', costUsd: null },
  ],
  budgets,
}

const audit: AuditListView = {
  items: [
    { id: 'a2', at, actor: grace, action: 'comment.add', details: { ref: '1.1' } },
    {
      id: 'a1',
      at,
      actor: 'u1',
      action: 'plan.approve',
      details: { hash: planView.hash, how: 'person', includeOptional: false },
    },
  ],
  nextCursor: null,
}

/** By the part's name in the address. */
export const planParts: Readonly<Record<string, unknown>> = {
  plans,
  comments,
  usage,
  estimate,
  'builds/estimate': buildEstimate,
  audit,
}
