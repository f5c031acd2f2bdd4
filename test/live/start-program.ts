import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

export interface ProgramSettings {
  url: string
  port: number
  sweepMs: number
  busUrl?: string
}

/** A server in a process of its own. */
export interface Program {
  port: number
  base: string
  /** Appends events to a project's log through this server; rejects when it dies on the way. */
  write(project: string, count: number): Promise<void>
  makeProject(): Promise<string>
  /** Ends it as the system would a process that hangs. */
  kill(): Promise<void>
  stop(): Promise<void>
}

const Ready = z.object({ port: z.number() })

/** Starts a server on a database and waits until it is ready. */
export async function startProgram(settings: ProgramSettings): Promise<Program> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'program.ts'), JSON.stringify(settings)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const gone = once(child, 'exit')
  const [first] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    gone.then(([code]) => {
      throw new Error(`The server ended with ${String(code)}.`)
    }),
  ])
  const { port } = Ready.parse(JSON.parse(String(first)))
  const base = `http://127.0.0.1:${port}`
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await gone
  }
  const post = async (path: string, body: object) => {
    const response = await fetch(`${base}${path}`, { method: 'POST', body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`The server answered ${response.status}.`)
    return response.json()
  }
  return {
    port,
    base,
    write: async (project, count) => {
      await post('/test/write', { project, count })
    },
    makeProject: async () => z.uuid().parse(await post('/test/project', {})),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}
