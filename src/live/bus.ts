/** Tells the other processes on a database which projects have news. A hint: it may be lost. */
export interface Bus {
  /** Call after a commit; never waits, and what comes together is told together. */
  poke(projectId: string): void
  close(): Promise<void>
}

/** What a process hears from the others. */
export interface BusListener {
  onPoke: (projectIds: readonly string[]) => void
  /** What was told lately may not have been heard. */
  onGap: () => void
}

/** For a process that is alone on its database. */
export const noBus: Bus = { poke: () => undefined, close: async () => undefined }
