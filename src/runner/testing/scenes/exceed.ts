import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { methods } from '@agentclientprotocol/sdk'
import type { Act } from '../scripted-agent.ts'

const forever = () => new Promise<never>(() => setInterval(() => undefined, 60_000))

const memory: Buffer[] = []

/** Takes too much of what its argument names, and never ends by itself. */
export const act: Act = async ({ client, sessionId, argument, say }) => {
  switch (argument) {
    case 'disk':
      await writeFile('large', Buffer.alloc(3 * 1024 * 1024, 'x'))
      break
    case 'files':
      await mkdir('many')
      for (let file = 0; file < 400; file += 1) await writeFile(`many/${file}`, '')
      break
    case 'processes':
      for (let child = 0; child < 40; child += 1) spawn('sleep', ['600'], { stdio: 'ignore' })
      break
    case 'memory':
      memory.push(Buffer.alloc(400 * 1024 * 1024, 'x'))
      break
    case 'output':
      for (let line = 0; line < 20; line += 1) await say('x'.repeat(100_000))
      break
    case 'spend':
      await client.notify(methods.client.session.update, {
        sessionId,
        update: {
          sessionUpdate: 'usage_update',
          used: 1,
          size: 2,
          cost: { amount: 5.5, currency: 'USD' },
        },
      })
      break
    default:
      throw new Error(`There is nothing to exceed called ${argument}.`)
  }
  await forever()
}
