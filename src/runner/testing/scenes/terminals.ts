import { symlink } from 'node:fs/promises'
import type { CreateTerminalRequest } from '@agentclientprotocol/sdk'
import type { Act } from '../scripted-agent.ts'

type Request = Omit<CreateTerminalRequest, 'sessionId'> & {
  /** Ended instead of waited for. */
  kill?: boolean
  /** Left running, not even released. */
  leave?: boolean
}

/** Runs the commands of its argument in terminals, and says what came of each. */
export const act: Act = async ({ client, sessionId, cwd, argument, say }) => {
  await symlink('/', 'root')
  for (const { kill, leave, ...request } of JSON.parse(argument) as Request[]) {
    try {
      const asked: CreateTerminalRequest = { sessionId, ...request }
      if (request.cwd) asked.cwd = request.cwd.replace('WORKSPACE', cwd)
      const terminal = await client.createTerminal(asked)
      if (leave) continue
      if (kill) await terminal.kill()
      const exit = await terminal.waitForExit()
      const { output, truncated } = await terminal.currentOutput()
      await terminal.release()
      const cut = truncated ? ' (cut)' : ''
      const how = exit.signal == null ? `exit ${exit.exitCode ?? ''}` : exit.signal
      await say(`${request.command}: ${how}${cut}: ${output.trim().replaceAll(cwd, 'WORKSPACE')}`)
    } catch (error) {
      await say(`${request.command}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}
