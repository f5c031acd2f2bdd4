import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { z } from 'zod'

/** What a process that is measured can be told to do. */
export type Commands = Readonly<Record<string, (argument: unknown) => Promise<unknown>>>

export const Call = z.object({
  id: z.number(),
  command: z.string(),
  argument: z.unknown().optional(),
})
export type Call = z.infer<typeof Call>

/** The memory of a process, in bytes; `max` is the most that it ever had. */
export const Memory = z.object({ now: z.number(), max: z.number() })

/** The memory of a process that has put its rubbish out: all of it, and its objects alone. */
export const Settled = z.object({ all: z.number(), objects: z.number() })

type Collect = (how: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void

/**
 * Collects until nothing more is found: what was freed may free more. The last resort also gives
 * back the pages that V8 keeps after a rush, as it does by itself within some ten seconds.
 */
async function settled(): Promise<z.infer<typeof Settled>> {
  setFlagsFromString('--expose-gc')
  const collect = z.custom<Collect>((value) => typeof value === 'function')
  const run = collect.parse(runInNewContext('gc'))
  for (let time = 0; time < 5; time += 1) {
    run({ type: 'major', execution: 'sync', flavor: 'last-resort' })
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return { all: process.memoryUsage.rss(), objects: process.memoryUsage().heapUsed }
}

function memory(): z.infer<typeof Memory> {
  // maxRSS comes in kilobytes.
  return { now: process.memoryUsage.rss(), max: process.resourceUsage().maxRSS * 1024 }
}

/** Processor time that the process has had so far, milliseconds. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

function send(message: object): void {
  process.send?.(message)
}

/** Milliseconds of a clock that all processes of one machine share and that nobody sets. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

/**
 * Answers the bench's calls until it goes away. The settings come as the first argument; `stop` is
 * called once, at the end, and `memory`, `settled`, `cpuMs` and `monotonic` are answered for everyone.
 */
export async function serveChild<T>(
  Settings: z.ZodType<T>,
  start: (settings: T) => Promise<Commands & { stop: () => Promise<unknown> }>,
): Promise<void> {
  const settings = Settings.parse(JSON.parse(process.argv[2] ?? '{}'))
  const commands: Commands = {
    memory: async () => memory(),
    settled,
    cpuMs: async () => cpuMs(),
    monotonic: async () => monotonicMs(),
    ...(await start(settings)),
  }
  // The bench ended without a word: nothing of it may stay.
  process.on('disconnect', () => process.exit(1))
  process.on('message', (message) => {
    const { id, command, argument } = Call.parse(message)
    const run = commands[command]
    const answer = run ? run(argument) : Promise.reject(new Error(`No command ${command}`))
    answer
      .then((result) => send({ id, result: result ?? null }))
      .catch((error: unknown) => send({ id, error: String(error) }))
      .finally(() => {
        if (command === 'stop') setImmediate(() => process.exit(0))
      })
  })
  send({ ready: true })
}
