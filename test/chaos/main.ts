// Rounds of faults until the time is over: one JSON line a round, then the verdict. Exit code 1 when
// something that must hold did not.
import { parseArgs } from 'node:util'
import { findPostgres } from '../support/find-parts.ts'
import { whyNoSmallDisk } from '../support/small-disk.ts'
import { violation } from './invariants.ts'
import { type RoundOptions, runRound } from './round.ts'

const help = 'Use: npm run chaos -- [--minutes N] [--seed S] [--rounds N]'

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0)
    throw new Error(`${text} is not a whole number. ${help}`)
  return value
}

function say(facts: object): void {
  process.stdout.write(`${JSON.stringify(facts)}\n`)
}

/** Every fourth round has a disk that fills up, where one can be made. */
function optionsOf(round: number, seed: number, binaries: string): RoundOptions {
  const full = round % 4 === 3 && whyNoSmallDisk() === undefined
  return {
    seed,
    binaries,
    deadlineMs: 300_000,
    ...(full && { diskMebibytes: 160 }),
    scale: {
      conversations: 400,
      visited: 40,
      builds: 4,
      workers: 3,
      rounds: full ? 1 : 2,
      muteForGood: !full,
      ...(full && { faults: ['fill_disk', 'kill', 'fill_disk'] as const }),
    },
  }
}

function verdictOf(broken: number, rounds: number): string {
  if (broken > 0) return 'violated'
  return rounds > 0 ? 'held' : 'none'
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { minutes: { type: 'string' }, seed: { type: 'string' }, rounds: { type: 'string' } },
  })
  const minutes = wholeNumber(values.minutes ?? '5')
  const first = values.seed === undefined ? Date.now() % 2 ** 31 : wholeNumber(values.seed)
  const most = values.rounds === undefined ? Infinity : wholeNumber(values.rounds)
  const binaries = findPostgres(process.env)
  if (binaries === undefined) throw new Error('PostgreSQL 15 or newer is not here. Install it.')
  const asked = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => asked.abort(name))
  const end = performance.now() + minutes * 60_000
  let broken = 0
  let round = 0
  const goesOn = () => round < most && performance.now() < end && !asked.signal.aborted
  // One at least: a verdict over nothing would be none.
  for (; round === 0 || goesOn(); round += 1) {
    const options = optionsOf(round, first + round, binaries)
    const report = await runRound({ ...options, signal: asked.signal }).catch((error: unknown) => ({
      seed: options.seed,
      violations: [violation('the round comes to its end', [String(error)])],
    }))
    if (asked.signal.aborted) {
      say({ round, seed: options.seed, interrupted: true })
      break
    }
    say({ round, held: report.violations.length === 0, ...report })
    broken += report.violations.length
  }
  const noDisk = whyNoSmallDisk()
  say({
    verdict: verdictOf(broken, round),
    rounds: round,
    seed: first,
    violations: broken,
    ...(noDisk !== undefined && { skipped: `no full disk: ${noDisk}` }),
  })
  if (broken > 0) process.exitCode = 1
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
