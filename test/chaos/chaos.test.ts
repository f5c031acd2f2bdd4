import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPostgres } from '../support/find-parts.ts'
import { whyNoSmallDisk } from '../support/small-disk.ts'
import { type RoundReport, runRound } from './round.ts'
import { allFaults } from './script.ts'

const binaries = findPostgres(process.env)
const noDisk = whyNoSmallDisk()
// Another one each time; the report that a failure shows names it, and this takes it again.
const seed = Number(process.env['TALKWRIGHT_CHAOS_SEED'] ?? Date.now() % 2 ** 31)

const scale = {
  conversations: 240,
  visited: 24,
  builds: 2,
  workers: 2,
  rounds: 1,
  faults: [...allFaults, ...(noDisk === undefined ? (['fill_disk'] as const) : [])],
  muteForGood: false,
}
// Only ends what hangs; the processes take a while more to be asked to end.
const deadlineMs = 300_000
const hookMs = deadlineMs + 60_000

describe.skipIf(binaries === undefined)(`a round of faults with seed ${seed}`, () => {
  const over = new AbortController()
  let round: Promise<RoundReport> | undefined
  let report: RoundReport
  beforeAll(async () => {
    round = runRound({
      seed,
      scale,
      binaries: binaries ?? '',
      ...(noDisk === undefined && { diskMebibytes: 192 }),
      deadlineMs,
      signal: over.signal,
    })
    report = await round
    process.stdout.write(`${JSON.stringify(report)}\n`)
  }, hookMs)
  afterAll(async () => {
    // A round that was given up ends its processes, each by its id, before it rejects.
    over.abort()
    await round?.catch(() => undefined)
  }, hookMs)

  it('loses nothing and does nothing twice', () => {
    expect(report.violations).toEqual([])
  })

  it('sends every message until it is taken', () => {
    expect(report.acknowledged).toBe(scale.conversations * 3)
  })

  it('sends every further talk and every answer until it is taken', () => {
    expect(report.visits).toBeGreaterThan(scale.visited)
    expect(report.said).toBe(report.visits)
  })

  it(`has every fault in it${noDisk === undefined ? '' : ` but the full disk (${noDisk})`}`, () => {
    expect(Object.keys(report.struck)).toEqual(expect.arrayContaining([...scale.faults]))
  })
})
