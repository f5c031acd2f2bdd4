/** What a player of Kiro does, one step after the other. `{{cwd}}` stands for its working folder. */
export type Step =
  /** Waits for this request of the client, does what comes before, and answers it. */
  | {
      await: string
      before?: readonly Step[]
      answer?: object
      error?: { code: number; message: string }
    }
  | { tell: string; params: object }
  /** Asks the client and waits for its answer. */
  | { ask: string; params: object }
  /** Writes this to its standard output as it is. */
  | { print: string }
  | { warn: string }
  | { write: string; content: string }
  /** Sets the box of a task in tasks.md. */
  | { mark: string; box: ' ' | 'x' | '-' | '~' }
  /** Commits all that has changed, as agents do whatever they are told. */
  | { commit: string }
  /** Starts a program that ignores SIGTERM and holds a connection to this port. */
  | { leaveChild: string }
  /** Waits until the client says nothing more to it, for ever: no end of its own. */
  | { hang: true }
  | { exit: number }

/** What happens each time that `kiro-cli` is started, in order; the last goes for all further ones. */
export type Scene = readonly (readonly Step[])[]
