/** Work that is asked for often and done as often as needed. */
export interface Coalesced {
  /** Asks for a run that starts after this moment. */
  request(): void
  /** Whether a run is under way. */
  isRunning(): boolean
  /** Resolves once nothing is under way or asked for; throws the first error of a run. */
  settled(): Promise<void>
}

/** Runs `work` one at a time; requests made during a run lead to one more run, not to many. */
export function coalesce(work: () => Promise<void>): Coalesced {
  let wanted = false
  let running: Promise<void> | undefined
  let failure: { error: unknown } | undefined

  const drain = async () => {
    while (wanted) {
      wanted = false
      try {
        await work()
      } catch (error) {
        failure ??= { error }
      }
    }
    running = undefined
  }
  const settled = async (): Promise<void> => {
    if (running) {
      await running
      return settled()
    }
    if (failure) throw failure.error
  }
  return {
    isRunning: () => running !== undefined,
    settled,
    request() {
      wanted = true
      running ??= drain()
    },
  }
}
