import type { ProjectEvent } from '../../domain/event.ts'
import type { EventLog } from '../event-log.ts'

/** The logs of some projects in memory; they grow as a test says. */
export interface MemoryLog extends EventLog {
  append(projectId: string, count: number): void
  /** Removes the events of a project up to a seq. */
  forget(projectId: string, upTo: number): void
  /** How often the log was asked for news. */
  looks(): number
}

/** @param workspaceOf Says where a project is; all are in `w` by default. */
export function makeMemoryLog(workspaceOf: (projectId: string) => string = () => 'w'): MemoryLog {
  const logs = new Map<string, ProjectEvent[]>()
  const heads = new Map<string, number>()
  let looks = 0
  const of = (projectId: string) => logs.get(projectId) ?? []
  const above = (projectId: string, after: number, limit: number) =>
    of(projectId)
      .filter((event) => event.seq > after)
      .slice(0, limit)
  const head = (projectId: string) => ({
    projectId,
    workspaceId: workspaceOf(projectId),
    seq: heads.get(projectId) ?? 0,
  })
  return {
    append(projectId, count) {
      const from = heads.get(projectId) ?? 0
      const added = Array.from({ length: count }, (_, index) => ({
        projectId,
        seq: from + index + 1,
        at: '2026-01-01T00:00:00.000Z',
        body: { type: 'build.log', kind: 'runner', text: 'x', build: 'b' } as const,
      }))
      logs.set(projectId, [...of(projectId), ...added])
      heads.set(projectId, from + count)
    },
    forget(projectId, upTo) {
      logs.set(projectId, above(projectId, upTo, Number.POSITIVE_INFINITY))
    },
    looks: () => looks,
    history: async ({ projectId, after }, limit) => above(projectId, after, limit),
    async news(positions, limit) {
      looks += 1
      return positions.flatMap(({ projectId, after }) => above(projectId, after, limit))
    },
    heads: async (ids) => ids.filter((id) => logs.has(id)).map(head),
    changed: async (workspaceId, later) => ({
      at: new Date(),
      heads:
        later === undefined
          ? []
          : [...logs.keys()].map(head).filter((one) => one.workspaceId === workspaceId),
    }),
    seqAt: async () => 0,
  }
}
