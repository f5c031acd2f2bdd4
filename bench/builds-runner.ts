// A build runner with the replay agent, as a process of its own that tells what it takes.
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { silentLog } from '../src/domain/log.ts'
import { runRunner } from '../src/runner/main.ts'
import { serveChild } from './support/child.ts'

const Settings = z.object({
  root: z.string(),
  apiKey: z.string(),
  webhookSecret: z.string(),
  path: z.string(),
  slots: z.number(),
  /** Lines that the agent says for each task, and the pause after each. */
  lines: z.number(),
  pauseMs: z.number(),
})

const agentFile = fileURLToPath(new URL('support/replay-agent.ts', import.meta.url))

await serveChild(Settings, async (settings) => {
  const { lines, pauseMs, slots, ...rest } = settings
  const runner = await runRunner(
    {
      ...rest,
      port: 0,
      maxConcurrent: slots,
      agent: {
        name: 'replay',
        command: process.execPath,
        args: [agentFile, String(lines), String(pauseMs)],
        env: {},
        mode: 'whole',
      },
      clock: () => new Date(),
      ids: randomUUID,
      random: Math.random,
      allowedNetworks: ['127.0.0.0/8'],
      sandbox: 'off',
      log: silentLog,
    },
    new AbortController().signal,
  )
  return {
    url: async () => runner.url,
    // Of this process alone: what agents, git and tests take is theirs.
    cpuMs: async () => {
      const { user, system } = process.cpuUsage()
      return (user + system) / 1_000
    },
    stop: () => runner.close(),
  }
})
