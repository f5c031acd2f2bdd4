import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Ask } from './ask.ts'
import type { Ending, Fleet } from './fleet.ts'
import { type Violation, violation } from './invariants.ts'
import { processesOf } from './processes.ts'

const Order = z.object({ metadata: z.object({ build: z.string() }) })

/** Connections of clients on the database, but for the one that asks. */
export async function connectionsLeft(ask: Ask): Promise<string[]> {
  const rows = await ask(
    `select coalesce(application_name, '') || ' ' || coalesce(state, '') || ': '
       || left(coalesce(query, ''), 80) as fault
     from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
  )
  return rows.map((row) => String(row['fault']))
}

/** Processes that ended when nobody told them to, with an error, or not in time. */
export function badEndings(endings: readonly Ending[]): string[] {
  return endings
    .filter(
      ({ how, code }) =>
        how === 'by_itself' || how === 'overdue' || (how === 'asked' && code !== 0),
    )
    .map(({ name, how, code, said = '' }) => `${name}: ${how}, code ${code}. ${said}`)
}

/** Builds that the builder has begun more than once for one build of ours. */
export async function buildsBegunTwice(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  const builds: string[] = []
  for (const name of names) {
    const text = await readFile(join(folder, name, 'build.json'), 'utf8').catch(() => undefined)
    if (text !== undefined) builds.push(Order.parse(JSON.parse(text)).metadata.build)
  }
  return builds.filter((build, index) => builds.indexOf(build) !== index)
}

/** Checks what must hold once every process was asked to end. */
export async function checkAtRest(world: {
  ask: Ask
  fleet: Fleet
  folder: string
}): Promise<Violation[]> {
  const found = {
    'every process runs until it is told to end, and then ends in time': badEndings(
      world.fleet.endings(),
    ),
    'no process is left': processesOf(world.folder),
    'no connection is left on the server': await connectionsLeft(world.ask),
    'the builder began each build once': await buildsBegunTwice(
      join(world.folder, 'data', 'builds'),
    ),
  }
  return Object.entries(found).flatMap(([name, faults]) => violation(name, faults) ?? [])
}
