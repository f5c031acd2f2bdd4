import { assertNever } from '../domain/assert-never.ts'
import type { AcpOptions } from './agents/acp-connection.ts'
import { createAcpDriver } from './agents/acp-driver.ts'
import type { AgentDriver } from './agents/agent-driver.ts'
import { createTasksDriver } from './agents/tasks-driver.ts'
import { createKiroDriver } from './kiro/kiro-driver.ts'

/** The driver for an agent's mode. */
export function createDriver(options: AcpOptions): AgentDriver {
  const { mode } = options.agent
  switch (mode) {
    case 'whole':
      return createAcpDriver(options)
    case 'tasks':
      return createTasksDriver(options)
    case 'kiro':
      return createKiroDriver(options)
    default:
      return assertNever(mode)
  }
}
