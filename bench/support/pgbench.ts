import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export interface PgbenchRun {
  /** The folder of PostgreSQL's programs. */
  binaries: string
  url: string
  script: string
  clients: number
  /** How long, or how many transactions for each client. */
  amount: { seconds: number } | { transactions: number }
  /** Text that the script reads as `:name`. */
  variables?: Readonly<Record<string, string>>
}

const Rate = /^tps = ([\d.]+) \(without initial connection time\)/m
const Done = /^number of transactions actually processed: (\d+)/m
const Failed = /^number of failed transactions: (\d+)/m

/**
 * Runs a script of our own with pgbench's prepared statements.
 *
 * @throws when a transaction failed or a client was aborted.
 */
export async function pgbench(run: PgbenchRun): Promise<{ perSecond: number; done: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'talkwright-pgbench-'))
  const file = join(folder, 'script.sql')
  writeFileSync(file, run.script)
  const amount =
    'seconds' in run.amount
      ? ['-T', String(run.amount.seconds)]
      : ['-t', String(run.amount.transactions)]
  const variables = Object.entries(run.variables ?? {}).flatMap(([name, value]) => [
    '-D',
    `${name}=${value}`,
  ])
  try {
    const { stdout } = await promisify(execFile)(
      join(run.binaries, 'pgbench'),
      [
        '-n',
        '-M',
        'prepared',
        '-c',
        String(run.clients),
        '-j',
        '2',
        '-f',
        file,
        ...amount,
        ...variables,
        run.url,
      ],
      { maxBuffer: 64 * 1024 * 1024 },
    )
    const perSecond = Number(Rate.exec(stdout)?.[1])
    const done = Number(Done.exec(stdout)?.[1])
    if (!(perSecond > 0) || Number(Failed.exec(stdout)?.[1] ?? 0) > 0) {
      throw new Error(`pgbench did not do all of its work: ${stdout}`)
    }
    return { perSecond, done }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
