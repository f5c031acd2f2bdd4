import type { Brief } from '../domain/brief.ts'
import { AppError } from '../domain/errors.ts'
import { canonicalJson, sha256 } from '../domain/json.ts'
import { PlanDraft } from '../domain/plan.ts'
import { hasAddress } from '../domain/screen/bounded-line.ts'
import { signalIn } from '../domain/screen/screen.ts'
import { signalReason } from '../domain/screen/signal.ts'
import { titleSignal, untitled } from '../domain/screen/title.ts'
import { hasUnseen } from '../domain/unseen.ts'
import type { Planner } from './planner.ts'

/**
 * Puts a planner behind the checks that hold for every one, offline or model: what a brief says for
 * a machine is left out with the reason, and no plan goes on in which such words stand all the same.
 * Adds the manifest's hash of the brief and the versions of the tools.
 *
 * @throws from its `plan` also AppError `plan_not_safe`
 */
export function guardPlanner(inner: Planner, tools: Readonly<Record<string, string>>): Planner {
  return {
    ...inner,
    async plan(input, signal, meter) {
      const { brief, leftOut } = safeBrief(input.brief)
      const draft = await inner.plan({ ...input, brief }, signal, meter)
      checkSafety(draft)
      const manifest = {
        prompts: [],
        models: [],
        parameters: {},
        repairs: 0,
        ...draft.manifest,
        ...(input.brief.manifest?.transcript !== undefined && {
          transcript: input.brief.manifest.transcript,
        }),
        brief: await sha256(canonicalJson(input.brief)),
        tools: { ...draft.manifest?.tools, ...tools },
      }
      return PlanDraft.parse({ ...draft, leftOut: [...draft.leftOut, ...leftOut], manifest })
    },
  }
}

/** The brief without entries that are meant for a machine, whoever wrote them into it. */
function safeBrief(brief: Brief): { brief: Brief; leftOut: PlanDraft['leftOut'] } {
  const leftOut: PlanDraft['leftOut'] = []
  const isSafe = (entry: { id: string; citations: unknown }): boolean => {
    const { citations: _quotes, id, ...rest } = entry
    const signal = signalIn(textsOf(rest))
    if (signal !== undefined) leftOut.push({ item: id, reason: signalReason(signal) })
    return signal === undefined
  }
  return {
    leftOut,
    brief: {
      ...brief,
      ...(titleSignal(brief) === undefined ? {} : untitled),
      summary: signalIn(brief.summary) === undefined ? brief.summary : '',
      items: brief.items.filter(isSafe),
      entities: brief.entities.filter(isSafe),
      openQuestions: brief.openQuestions.filter(isSafe),
      contradictions: brief.contradictions.filter(isSafe),
    },
  }
}

function textsOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.values(value).map(textsOf).join('\n')
}

/** @throws AppError `plan_not_safe` that names the file and the line. */
function checkSafety(draft: PlanDraft): void {
  for (const { path, content } of draft.files) {
    for (const [at, line] of content.split('\n').entries()) {
      const fault = faultIn(line)
      if (fault !== undefined) throw notSafe(`${path}, line ${at + 1}`, fault)
    }
  }
  const words = [
    draft.title,
    ...draft.stack.flatMap(({ part, choice, reason }) => [part, choice, reason]),
    ...draft.phases.map(({ name }) => name),
    ...draft.estimate.assumptions,
    ...(draft.risks ?? []).flatMap(({ risk, measure }) => [risk, measure]),
  ]
  for (const text of words) {
    const fault = faultIn(text)
    if (fault !== undefined) throw notSafe('a text beside the files', fault)
  }
}

function faultIn(line: string): string | undefined {
  if (hasUnseen(line)) return 'It holds characters that nobody sees.'
  if (hasAddress(line)) return 'It holds a web address.'
  const signal = signalIn(line, true)
  return signal === undefined ? undefined : signalReason(signal)
}

function notSafe(where: string, fault: string): AppError {
  return new AppError(
    'plan_not_safe',
    `The plan was not taken: ${where}: ${fault} Look at the flags of the brief, and plan again.`,
    { status: 422 },
  )
}
