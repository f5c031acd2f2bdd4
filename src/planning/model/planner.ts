import type { Brief } from '../../domain/brief.ts'
import { AppError } from '../../domain/errors.ts'
import { jobOf } from '../../domain/job.ts'
import { canonicalJson, sha256 } from '../../domain/json.ts'
import type { Manifest } from '../../domain/manifest.ts'
import { estimateTokens, type TokenRange } from '../../domain/tokens.ts'
import { hasErrors, lintSpec } from '../../kiro/lint.ts'
import { dataJson } from '../../model/data-json.ts'
import {
  type CallEstimate,
  type LanguageModel,
  noMeter,
  type ModelAnswer,
} from '../../model/language-model.ts'
import { type Prompt, readPrompt } from '../../model/prompt.ts'
import { createOfflinePlanner, nothingAsked } from '../offline/planner.ts'
import { isForBugfix } from '../for-bugfix.ts'
import type { Planner } from '../planner.ts'
import { AnsweredPlan } from './answer.ts'
import { indexBrief } from './brief-index.ts'
import { draftOf } from './draft.ts'
import { saidOnce } from '../../model/said-once.ts'
import { faultsOf, lintFaults, parsedDraft } from './faults.ts'

export interface ModelPlanner extends Planner {
  /** What a plan will take, before anything is sent; repairs are not counted. */
  estimate(brief: Brief): CallEstimate
}

const maxOutput = 32_000
const schemaTokens = 1_500
/** Far more than a talk gives; the rest stays in the brief. */
const maxItems = 400

/**
 * The planner with a language model. The model proposes, and code decides what may stand, links
 * each criterion to the brief and writes the files. The spec of a defect is the offline planner's. Its `plan` throws the errors of the model and
 * the meter, and AppError `nothing_asked`, `model_context_too_small`, `model_plan_not_valid`.
 */
export function createModelPlanner({ model }: { model: LanguageModel }): ModelPlanner {
  const prompt = readPrompt('plan')
  const offline = createOfflinePlanner()
  const maxOutputTokens = Math.min(maxOutput, Math.floor(model.contextTokens / 3))
  const inputTokens = (brief: Brief): TokenRange => {
    const { low, high } = estimateTokens(prompt.text + briefInput(brief))
    return { low: low + schemaTokens / 2, high: high + schemaTokens }
  }
  return {
    name: model.name,
    estimate: (brief) => {
      const { low, high } = inputTokens(brief)
      // A defect takes none, unless the version before was a feature's: that is not known here.
      const least = isForBugfix({ brief }) ? 0 : low
      return { calls: 1, inputTokens: { low: least, high }, maxOutputTokens }
    },
    async plan(input, signal = new AbortController().signal, meter = noMeter) {
      const { brief } = input
      // A defect is described by a grammar of its own, which leaves a model nothing to propose.
      if (isForBugfix(input)) return offline.plan(input, signal)
      if (indexBrief(brief).wanted.length === 0 && brief.entities.length === 0) throw nothingAsked()
      // A repair sends the answer back, so there must be room for it twice.
      if (inputTokens(brief).low + 2 * maxOutputTokens > model.contextTokens) throw tooLarge(model)
      const warnings = saidOnce((proposal: AnsweredPlan) => lintFaults(input, proposal, 'warning'))
      const answer = await model.answer(
        {
          ...meter,
          prompt,
          instructions: prompt.text,
          input: briefInput(brief),
          schema: AnsweredPlan,
          check: (proposal: AnsweredPlan) => [...faultsOf(input, proposal), ...warnings(proposal)],
          maxOutputTokens,
        },
        signal,
      )
      const name = `${answer.provider}/${answer.model}`
      const manifest = await manifestOf(brief, prompt, answer, maxOutputTokens)
      const draft = parsedDraft(draftOf(input, answer.value, { name, manifest }))
      if (draft.trace.length === 0) throw notValid([])
      const findings = lintSpec(draft.files)
      if (hasErrors(findings)) throw notValid(findings)
      return draft
    },
  }
}

/** The brief as the data of a call: what was asked for, without the talk's own words. */
function briefInput(brief: Brief): string {
  return dataJson({
    job: jobOf(brief) === 'new' ? 'new' : 'change',
    title: brief.title,
    summary: brief.summary,
    items: brief.items.slice(0, maxItems).map(({ id, kind, statement, priority, inferred }) => ({
      id,
      kind,
      statement,
      priority: priority.level,
      ...(inferred !== undefined && { inferred }),
    })),
    entities: brief.entities.slice(0, 60).map(({ id, name, fields }) => ({ id, name, fields })),
    openQuestions: brief.openQuestions.slice(0, 60).map(({ id, question }) => ({ id, question })),
    contradictions: brief.contradictions
      .slice(0, 30)
      .map(({ id, statement }) => ({ id, statement })),
  })
}

async function manifestOf(
  brief: Brief,
  { id, version, sha256: hash }: Prompt,
  { provider, model, repairs }: ModelAnswer<AnsweredPlan>,
  maxOutputTokens: number,
): Promise<Manifest> {
  return {
    brief: await sha256(canonicalJson(brief)),
    tools: {},
    prompts: [{ id, version, sha256: hash }],
    models: [{ provider, model }],
    parameters: { maxOutputTokens },
    repairs,
  }
}

function tooLarge({ name }: LanguageModel): AppError {
  return new AppError(
    'model_context_too_small',
    `The brief does not fit into one call of ${name}. Choose a model that takes more, or plan without a model.`,
    { status: 422 },
  )
}

function notValid(findings: ReturnType<typeof lintSpec>): AppError {
  const errors = findings.filter(({ severity }) => severity === 'error')
  return new AppError(
    'model_plan_not_valid',
    `What the model proposed gives no valid plan: ${errors[0]?.message ?? 'no criterion carries out what was asked for.'} Run the plan again, or plan without a model.`,
    { status: 502, details: { errors: errors.slice(0, 20) } },
  )
}
