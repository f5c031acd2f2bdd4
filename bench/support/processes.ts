import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** A process that a bench started and tells what to do; see support/child.ts for its side. */
export interface Child {
  call<T>(command: string, Result: z.ZodType<T>, argument?: unknown): Promise<T>
  /** Lets it end by itself and waits for that. */
  stop(): Promise<void>
}

const Answer = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ id: z.number(), result: z.unknown() }),
  z.object({ id: z.number(), error: z.string() }),
])

interface Waiting {
  resolve: (value: unknown) => void
  reject: (error: Error) => void
}

function listen(
  child: ChildProcess,
  name: string,
): { ready: Promise<void>; waiting: Map<number, Waiting> } {
  const waiting = new Map<number, Waiting>()
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
  child.on('message', (message) => {
    const answer = Answer.parse(message)
    if ('ready' in answer) return resolve()
    const call = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) call?.reject(new Error(`${name}: ${answer.error}`))
    else call?.resolve(answer.result)
    return undefined
  })
  child.on('exit', (code) => {
    const error = new Error(`${name} ended with ${code}.`)
    reject(error)
    for (const call of waiting.values()) call.reject(error)
    waiting.clear()
  })
  return { ready, waiting }
}

/** Starts a file of `bench/` as a process of its own and waits until it is ready. */
export async function startChild(file: string, settings: object): Promise<Child> {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url))
  // Its stdout goes where ours must not: only figures stand on stdout.
  const child = fork(path, [JSON.stringify(settings)], {
    stdio: ['ignore', 2, 2, 'ipc'],
    // A peer's own use of its driver warns in every process.
    execArgv: ['--disable-warning=DeprecationWarning'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
  })
  const gone = once(child, 'exit')
  const { ready, waiting } = listen(child, file)
  await ready
  let next = 0
  const ask = (command: string, argument: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      if (!child.connected) return reject(new Error(`${file} has ended.`))
      const id = (next += 1)
      waiting.set(id, { resolve, reject })
      return child.send({ id, command, argument }, (error) => error && reject(error))
    })
  return {
    call: async (command, Result, argument) => Result.parse(await ask(command, argument)),
    async stop() {
      await ask('stop', null).catch(() => undefined)
      const forced = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await gone
      clearTimeout(forced)
    },
  }
}

/** Runs something with processes and stops them, whatever happens. */
export async function withChildren<T>(
  starts: readonly Promise<Child>[],
  run: (children: Child[]) => Promise<T>,
): Promise<T> {
  const settled = await Promise.allSettled(starts)
  const started = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  try {
    return await run(await Promise.all(starts))
  } finally {
    await Promise.all(started.map((child) => child.stop()))
  }
}
