// Trains the weights by which the offline analyst tells wishes from talk: `node scripts/train-retelling.ts`.
// It reads the talks that rules may be tuned with, and no other, and gives the same weights at every run.
import { writeFileSync } from 'node:fs'
import type { Retold } from '../src/analysis/offline/retell/retold.ts'
import { scanTalk } from '../src/analysis/offline/scan.ts'
import { atOnce } from '../src/analysis/offline/steps.ts'
import { createTagger } from '../src/analysis/offline/words.ts'
import { expectedOf, turnsOf, type ExpectedTalk } from '../src/analysis/testing/expected-talk.ts'
import { pair } from '../src/analysis/testing/matching.ts'
import {
  knownTalks,
  openedTalks,
  spokenTalks,
  strangersTalks,
} from '../src/analysis/testing/talks/all-talks.ts'

interface Sample {
  features: readonly string[]
  right: boolean
  /** A long talk counts no more than others. */
  share: number
}

interface Model {
  bias: number
  weights: Map<string, number>
}

const folds = 8
const rounds = 600
const step = 0.5
const decay = 0.006
/** A feature that is seen less often says nothing. */
const least = 4
const samplesOfATalk = 40

const tag = createTagger()

function samplesOf(talk: ExpectedTalk): Sample[] {
  const { retold } = atOnce(scanTalk({ turns: turnsOf(talk.lines) }, tag))
  const wanted = [
    ...talk.asked,
    ...(talk.welcome ?? []),
    ...(talk.limits ?? []),
    ...(talk.excluded ?? []),
  ].map((text) => expectedOf(text))
  const isRight = ({ finding }: Retold) =>
    pair(wanted, [{ statement: finding.statement, citations: finding.citations.slice(0, 1) }])
      .length > 0
  const share = Math.min(1, samplesOfATalk / Math.max(1, retold.length))
  return retold.map((one) => ({ features: one.features, right: isRight(one), share }))
}

/** Logistic regression by gradient descent from nothing, so that it ends at the same weights always. */
function train(samples: readonly Sample[]): Model {
  const counts = new Map<string, number>()
  for (const { features } of samples)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  const names = [...counts].filter(([, count]) => count >= least).map(([name]) => name)
  const model: Model = { bias: 0, weights: new Map(names.toSorted().map((name) => [name, 0])) }
  const all = samples.reduce((sum, { share }) => sum + share, 0)
  for (let round = 0; round < rounds; round += 1) {
    const slopes = new Map<string, number>()
    let slope = 0
    for (const { features, right, share } of samples) {
      const error = (weigh(model, features) - Number(right)) * share
      slope += error
      for (const feature of features) slopes.set(feature, (slopes.get(feature) ?? 0) + error)
    }
    model.bias -= (step * slope * 4) / all
    for (const [name, weight] of model.weights)
      model.weights.set(name, weight - step * 4 * ((slopes.get(name) ?? 0) / all + decay * weight))
  }
  return model
}

function weigh({ bias, weights }: Model, features: readonly string[]): number {
  const sum = features.reduce((total, feature) => total + (weights.get(feature) ?? 0), bias)
  return 1 / (1 + Math.exp(-sum))
}

/** What is judged right of the talks that a fold leaves out, at several thresholds. */
function validate(talks: readonly (readonly Sample[])[], counts: readonly boolean[]): void {
  const judged = Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) => {
    const model = train(talks.filter((_, at) => at % folds !== fold).flat())
    return talks
      .filter((_, at) => at % folds === fold && counts[at])
      .flat()
      .map(({ features, right }) => ({ right, weight: weigh(model, features) }))
  })
  const rights = judged.filter(({ right }) => right).length
  console.log(`${judged.length} clauses, ${rights} of them ask for something`)
  for (const threshold of [0.3, 0.4, 0.5, 0.6, 0.7]) {
    const taken = judged.filter(({ weight }) => weight >= threshold)
    const right = taken.filter((one) => one.right).length
    const percent = (part: number, of: number) => `${((100 * part) / of).toFixed(1)} %`
    console.log(
      `from ${threshold}: ${percent(right, taken.length)} right, ${percent(right, rights)} found`,
    )
  }
}

function written({ bias, weights }: Model): string {
  const lines = [...weights].map(([name, weight]) => `  ['${name}', ${weight.toFixed(3)}],`)
  return `// Written by scripts/train-retelling.ts.

/** What a clause without any feature weighs. */
export const bias = ${bias.toFixed(3)}

/** How much each feature speaks for a clause that asks for something, or against it. */
export const weights: ReadonlyMap<string, number> = new Map([
${lines.join('\n')}
])
`
}

const natural = new Set([...spokenTalks, ...openedTalks, ...strangersTalks])
const known = knownTalks.filter(({ language }) => language === undefined)
const talks = known.map(samplesOf)
validate(
  talks,
  known.map((talk) => natural.has(talk)),
)
writeFileSync(
  new URL('../src/analysis/offline/retell/weights.ts', import.meta.url),
  written(train(talks.flat())),
)
