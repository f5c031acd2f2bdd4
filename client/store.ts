import type { Connection } from './channel.ts'
import type { Following, LiveClient } from './live-client.ts'
import type { LiveEvent } from './messages.ts'

/** `paused`: nobody looks, so that nothing is connected. */
export type ViewConnection = Exclude<Connection, 'closed'> | 'paused'

export interface ProjectView<S> {
  state: S
  connection: ViewConnection
}

export interface ProjectViewOptions<S> {
  client: LiveClient
  project: string
  /** What is known of a project before its first event. */
  empty: S
  /** Takes events in that follow on each other. */
  reduce: (state: S, events: readonly LiveEvent[]) => S
  /** Called with every batch, after it was taken in. */
  onBatch?: ((events: readonly LiveEvent[]) => void) | undefined
  /** Called when something may have changed that stands in no project's log; see `Handlers`. */
  onNews?: (() => void) | undefined
}

/** A view of one project that is made of its events alone, from the first on. */
export interface ProjectStore<S> {
  getView: () => ProjectView<S>
  subscribe: (changed: () => void) => () => void
  /** Goes on after the last event that was taken in. */
  start: () => void
  stop: () => void
}

/** A build's log comes in bursts: a burst is shown at once, not line by line. */
const batchMs = 80

/** Makes a view of a project, to be drawn by whatever draws; see `useProject` for React. */
export function createProjectStore<S>(options: ProjectViewOptions<S>): ProjectStore<S> {
  const { client, project, empty, reduce, onBatch, onNews } = options
  const listeners = new Set<() => void>()
  let view: ProjectView<S> = { state: empty, connection: 'connecting' }
  let pending: LiveEvent[] = []
  let seq = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let following: Following | undefined

  function set(change: Partial<ProjectView<S>>): void {
    view = { ...view, ...change }
    for (const changed of listeners) changed()
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const batch = pending
    if (batch.length === 0) return
    pending = []
    set({ state: reduce(view.state, batch) })
    onBatch?.(batch)
  }

  return {
    getView: () => view,
    subscribe(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    start() {
      if (following !== undefined) return
      set({ connection: 'connecting' })
      following = client.followProject(project, {
        since: seq,
        onNews,
        onEvents(events) {
          pending.push(...events)
          seq = events.at(-1)?.seq ?? seq
          timer ??= setTimeout(flush, batchMs)
        },
        onConnection: (connection) => {
          if (connection !== 'closed') set({ connection })
        },
        onReset() {
          // The whole log again: what was made of the old one is void.
          clearTimeout(timer)
          timer = undefined
          pending = []
          seq = 0
          set({ state: empty })
          return 0
        },
      })
    },
    stop() {
      following?.close()
      following = undefined
      flush()
      set({ connection: 'paused' })
    },
  }
}
