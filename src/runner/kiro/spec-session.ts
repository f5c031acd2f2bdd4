import { RequestError } from '@agentclientprotocol/sdk'
import type { WriteLog } from '../builds/build-log.ts'
import type { KiroConnection } from './kiro-connection.ts'
import type { SpecCalls } from './spec-calls.ts'

/** The session of a build, which outlives the process that it was made in. */
export interface SessionMemory {
  id?: string
  /** False once Kiro has died of being asked for it: 2.x ends when it does not know a session. */
  loadable: boolean
}

/** The session to work in: the one of an earlier process where it can be had, or the spec's. */
export async function takeSession(
  kiro: KiroConnection,
  spec: SpecCalls,
  loadsSessions: boolean,
  memory: SessionMemory,
  log: WriteLog,
): Promise<string> {
  const { id } = memory
  if (id !== undefined && loadsSessions && memory.loadable) {
    memory.loadable = false
    try {
      await kiro.withoutRepeats(() => spec.loadSession(id))
      memory.loadable = true
      log('runner', 'Kiro takes its session up again.')
      return id
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      log('runner', `Kiro does not take its session up again: ${error.message}.`)
    }
  }
  memory.id = await spec.resolveSession()
  memory.loadable = true
  return memory.id
}
