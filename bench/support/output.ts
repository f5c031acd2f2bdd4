import { median, rounded } from './stats.ts'

/** How much of a job's effect commits together: with its completion and the next job, or less. */
export type Transactional = 'fully' | 'enqueue only' | 'no'

/** What may stand beside a figure; a `ratioTo…` is this subject's value over the other's. */
export interface Remarks {
  transactional?: Transactional
  note?: string
  [ratio: `ratioTo${string}`]: number
}

type Line = {
  bench: string
  subject: string
  metric: string
  value: number
  unit: string
  /** One value a round, in their order; `value` is their median. */
  rounds: number[]
  machine: string
} & Remarks

/** A message for whoever watches; stdout holds nothing but the figures. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** Says, among the figures, that one is missing and why. */
export function emitSkipped(bench: string, subject: string, reason: string): void {
  print({ bench, subject, skipped: reason })
  say(`skipped: ${bench} ${subject}: ${reason}`)
}

/** The figures of one bench, gathered round by round. */
export interface Figures {
  add(subject: string, metric: string, unit: string, value: number): void
  /** The median so far; undefined when nothing was gathered. */
  median(subject: string, metric: string): number | undefined
  /** `value of subject / value of other`; an empty object when one of them is missing. */
  ratio(name: string, metric: string, subject: string, other: string): Remarks
  /** Prints one line for each subject and metric, in the order in which they first came. */
  print(remarks: (subject: string, metric: string) => Remarks): void
}

export function makeFigures(bench: string, machine: string): Figures {
  const all = new Map<string, { subject: string; metric: string; unit: string; rounds: number[] }>()
  const keyOf = (subject: string, metric: string) => JSON.stringify([subject, metric])
  const medianOf = (subject: string, metric: string) => {
    const rounds = all.get(keyOf(subject, metric))?.rounds
    return rounds && median(rounds)
  }
  return {
    add(subject, metric, unit, value) {
      const key = keyOf(subject, metric)
      const series = all.get(key) ?? { subject, metric, unit, rounds: [] }
      series.rounds.push(value)
      all.set(key, series)
      say(`  ${bench}: ${subject}: ${metric} ${rounded(value)} ${unit}`)
    },
    median: medianOf,
    ratio(name, metric, subject, other) {
      const value = medianOf(subject, metric)
      const base = medianOf(other, metric)
      if (value === undefined || base === undefined || base === 0) return {}
      return { [`ratioTo${name}`]: rounded(value / base) }
    },
    print(remarks) {
      for (const { subject, metric, unit, rounds } of all.values()) {
        const line: Line = {
          bench,
          subject,
          metric,
          value: rounded(median(rounds)),
          unit,
          rounds: rounds.map(rounded),
          machine,
          ...remarks(subject, metric),
        }
        print(line)
      }
    },
  }
}
