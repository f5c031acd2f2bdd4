import { assertNever } from '../../domain/assert-never.ts'
import type { AcpOptions } from './acp-connection.ts'
import { createAcpDriver } from './acp-driver.ts'
import type { AgentDriver } from './agent-driver.ts'
import { createTasksDriver } from './tasks-driver.ts'

/** The driver for an agent's mode. */
export function createDriver(options: AcpOptions): AgentDriver {
  const { mode } = options.agent
  switch (mode) {
    case 'whole':
      return createAcpDriver(options)
    case 'tasks':
      return createTasksDriver(options)
    default:
      return assertNever(mode)
  }
}
