import type { Brief } from '../../domain/brief.ts'
import type { Manifest } from '../../domain/manifest.ts'
import { addTokens, estimateTokens, type TokenRange } from '../../domain/tokens.ts'
import { hasDialogue, type Talk, type Turn } from '../../domain/turn.ts'
import {
  type CallEstimate,
  type LanguageModel,
  type ModelAnswer,
  type ModelCall,
  noMeter,
} from '../../model/language-model.ts'
import { type Prompt, readPrompt } from '../../model/prompt.ts'
import type { Analyst } from '../analyst.ts'
import type { NeedFinder } from '../ledger/found-need.ts'
import { AnsweredBrief, AnsweredReconciliation } from './answer.ts'
import { briefOf } from './assemble.ts'
import { digest } from './digest.ts'
import type { Findings } from './drafts.ts'
import { saidOnce } from '../../model/said-once.ts'
import { faultsOf } from './faults.ts'
import { mergeFindings } from './merge.ts'
import { createNeedFinder } from './needs.ts'
import { partsOf } from './parts.ts'
import { isCutOff, readParts } from './read-parts.ts'
import { reconciled, reconciliationFaults, reconciliationInput } from './reconcile.ts'
import { type InputTurn, inputTurns, partInput } from './talk-input.ts'

export interface ModelAnalystOptions {
  model: LanguageModel
  /** Turns of one part at most, in tokens; more would not fit into one answer. */
  partTokens?: number
  /** The sieve that coverage is measured with. */
  needs?: NeedFinder
}

export interface ModelAnalyst extends Analyst {
  estimate(talk: Talk): CallEstimate
}

const defaultPartTokens = 30_000
const maxOutput = 16_000
const overlapTurns = 8
/** The schema that goes with each call, and what a provider adds. */
const schemaTokens: TokenRange = { low: 700, high: 1_500 }

/**
 * The analyst with a language model. The model reads the talk as data, and code checks every word
 * that it gives back: quotes against the turns, who may ask for what, and what becomes of each turn.
 * Its `analyse` throws the errors of the model and the meter, and AppError `model_context_too_small`.
 */
export function createModelAnalyst(options: ModelAnalystOptions): ModelAnalyst {
  const { model, partTokens = defaultPartTokens, needs = createNeedFinder() } = options
  const prompt = readPrompt('analyse')
  const reconcile = readPrompt('reconcile')
  const maxOutputTokens = Math.min(maxOutput, Math.floor(model.contextTokens / 4))
  const planned = (talk: Talk): InputTurn[][] => {
    const instructions = estimateTokens(prompt.text).high + schemaTokens.high
    // A repair sends the answer back, so there must be room for it twice.
    const room = model.contextTokens - 2 * maxOutputTokens - instructions - 1_000
    return partsOf(inputTurns(talk.turns), {
      budget: Math.min(partTokens, room),
      overlap: overlapTurns,
    })
  }
  return {
    name: model.name,
    estimate: (talk) => estimateOf(planned(talk), prompt, reconcile, maxOutputTokens),
    async analyse(talk, signal = new AbortController().signal, meter = noMeter) {
      const record = newRecord()
      const ask = async <T>(call: Asking<T>, from: Prompt) => {
        const answer = await model.answer(
          { ...call, ...meter, prompt: from, instructions: from.text, maxOutputTokens },
          signal,
        )
        noteDown(record, from, answer)
        return answer.value
      }
      const parts = hasDialogue(talk.turns) ? planned(talk) : []
      const findings = await readParts(parts, overlapTurns, async (part, place) => {
        const turns = turnsIn(part, talk.turns)
        const check = saidOnce((answer: AnsweredBrief) => faultsOf(answer, turns, needs))
        const input = partInput(part, place.part, place.parts)
        return digest(await ask({ input, schema: AnsweredBrief, check }, prompt), turns)
      })
      const merged = mergeFindings(findings)
      const whole = findings.length > 1 ? await reconcileParts(merged) : merged
      return briefOf(whole, {
        turns: talk.turns,
        title: talk.title,
        needs,
        manifest: manifestOf(record, { maxOutputTokens, partTokens, parts: findings.length }),
        madeBy: [...record.models.keys()].join(', ') || model.name,
      }) satisfies Brief

      async function reconcileParts(all: Findings): Promise<Findings> {
        const check = saidOnce((answer: AnsweredReconciliation) =>
          reconciliationFaults(all, answer),
        )
        const call = { input: reconciliationInput(all), schema: AnsweredReconciliation, check }
        try {
          return reconciled(all, await ask(call, reconcile), talk.turns)
        } catch (thrown) {
          if (!isCutOff(thrown)) throw thrown
          record.isUncompared = true
          return notCompared(all, findings.length)
        }
      }
    },
  }
}

/** What the parts gave as it is: it can only be compared as a whole, so a person is told to do it. */
function notCompared(all: Findings, parts: number): Findings {
  const open = {
    question: 'Do some of these statements repeat others, or replace them?',
    why: `The talk was read in ${parts} parts, and the model had no room to compare what they gave.`,
    citations: [],
  }
  return { ...all, questions: [...all.questions, open] }
}

/** The whole turns that a part names: a quote is looked up in all that its speaker said. */
function turnsIn(part: readonly InputTurn[], turns: readonly Turn[]): Turn[] {
  const ids = new Set(part.map(({ id }) => id))
  return turns.filter(({ id }) => ids.has(id))
}

type Asking<T> = Pick<ModelCall<T>, 'input' | 'schema' | 'check'>

interface CallRecord {
  prompts: Map<string, Prompt>
  models: Map<string, { provider: string; model: string }>
  repairs: number
  /** What the parts gave could not be compared. */
  isUncompared: boolean
}

function newRecord(): CallRecord {
  return { prompts: new Map(), models: new Map(), repairs: 0, isUncompared: false }
}

function noteDown<T>(record: CallRecord, prompt: Prompt, answer: ModelAnswer<T>): void {
  const { provider, model, repairs } = answer
  record.prompts.set(prompt.id, prompt)
  record.models.set(`${provider}/${model}`, { provider, model })
  record.repairs += repairs
}

function manifestOf(
  record: CallRecord,
  parameters: { maxOutputTokens: number; partTokens: number; parts: number },
): Manifest {
  const { parts } = parameters
  return {
    tools: {},
    prompts: [...record.prompts.values()].map(({ id, version, sha256 }) => ({
      id,
      version,
      sha256,
    })),
    models: [...record.models.values()],
    parameters: { ...parameters, ...(record.isUncompared && { uncompared: parts }) },
    repairs: record.repairs,
  }
}

function estimateOf(
  parts: readonly InputTurn[][],
  prompt: Prompt,
  reconcile: Prompt,
  maxOutputTokens: number,
): CallEstimate {
  const inputs = parts.map((part, at) =>
    addTokens(
      estimateTokens(prompt.text),
      estimateTokens(partInput(part, at + 1, parts.length)),
      schemaTokens,
    ),
  )
  // The items of all parts, of which there are at most what the answers hold.
  const items: TokenRange = { low: 0, high: parts.length * Math.floor(maxOutputTokens / 3) }
  const last =
    parts.length > 1 ? [addTokens(estimateTokens(reconcile.text), items, schemaTokens)] : []
  const calls = [...inputs, ...last]
  return {
    calls: calls.length,
    inputTokens: addTokens(...calls),
    maxOutputTokens: calls.length * maxOutputTokens,
  }
}
