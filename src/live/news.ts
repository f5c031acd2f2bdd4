/** Tells who follows that something of a workspace has changed which stands in no project's log. */
export interface News {
  /** A commit here has changed something: tells everyone, here and elsewhere. */
  changed(workspaceId: string): void
  /** Another process says so. */
  heard(workspaceId: string): void
  /** Others may have said so, and were not heard. */
  missed(): void
  /** Calls `tell` at each of these; gives the function that ends the watch. */
  watch(workspaceId: string, tell: () => void): () => void
  close(): void
}

export interface NewsOptions {
  /** What comes within this time after news of a workspace is told together, milliseconds. */
  pauseMs: number
  /** Tells the other processes. */
  pass: (workspaceId: string) => void
}

/** News carry nothing and may be lost: whoever hears them looks. */
export function createNews({ pauseMs, pass }: NewsOptions): News {
  const watchers = new Map<string, Set<() => void>>()
  const pauses = new Map<string, NodeJS.Timeout>()
  const waiting = new Set<string>()

  function heard(workspaceId: string): void {
    for (const tell of watchers.get(workspaceId) ?? []) tell()
  }
  function changed(workspaceId: string): void {
    if (pauses.has(workspaceId)) {
      waiting.add(workspaceId)
      return
    }
    const over = () => {
      pauses.delete(workspaceId)
      if (waiting.delete(workspaceId)) changed(workspaceId)
    }
    pauses.set(workspaceId, setTimeout(over, pauseMs))
    heard(workspaceId)
    pass(workspaceId)
  }
  return {
    changed,
    heard,
    missed() {
      for (const workspaceId of watchers.keys()) heard(workspaceId)
    },
    watch(workspaceId, tell) {
      const group = watchers.get(workspaceId) ?? new Set()
      // Wrapped, so that one function may be given twice.
      const member = () => tell()
      group.add(member)
      watchers.set(workspaceId, group)
      return () => {
        group.delete(member)
        if (group.size === 0 && watchers.get(workspaceId) === group) watchers.delete(workspaceId)
      }
    },
    close() {
      for (const pause of pauses.values()) clearTimeout(pause)
    },
  }
}
