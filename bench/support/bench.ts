import type { Cluster } from './cluster.ts'
import type { Figures } from './output.ts'

/** What every bench gets. */
export interface BenchContext {
  cluster: Cluster
  figures: Figures
  rounds: number
  /** A short form that shows that everything works; its figures mean little. */
  quick: boolean
  /** The redis-server; a bench that needs it says that it is missing. */
  redis: () => { binary: string } | { missing: string }
}

export type Bench = (context: BenchContext) => Promise<void>

/** Runs something once a round. */
export async function eachRound(
  { rounds }: BenchContext,
  run: (round: number) => Promise<void>,
): Promise<void> {
  for (let round = 1; round <= rounds; round += 1) await run(round)
}

/** Asks again and again until the answer is yes. @throws when it takes too long. */
export async function waitUntil(
  what: string,
  isSo: () => Promise<boolean>,
  { everyMs = 100, timeoutMs = 180_000 } = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMs
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

/** Makes sure that a subject did all of its work. */
export function assertEqual(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) {
    throw new Error(`${what}: ${String(actual)} instead of ${String(expected)}.`)
  }
}
