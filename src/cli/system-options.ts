import type { Config } from '../config.ts'
import type { Slots } from '../domain/capacity.ts'
import type { Log } from '../domain/log.ts'

export interface SystemOptions {
  config: Config
  log: Log
  version: string
  /** The command line's entry file, to start the runner with. */
  main: URL
  /** The folder of the built page. */
  pageFolder: string
  /** `memory`: nothing of the database stays. */
  storage: 'folder' | 'memory'
  /** Where the built-in runner keeps its builds; absent: no runner is started. */
  buildsFolder?: string
  /** Absent: no jobs are carried out in this process. */
  slots?: Slots
  onFirstStart?: () => void
  /** Called after each commit of this process that added events to a project's log. */
  onCommitted?: (projectId: string) => void
}
