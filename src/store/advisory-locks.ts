/**
 * The advisory locks that processes on a database take, each by a number of its own: two that shared
 * one would wait for each other without a reason.
 */
export const advisoryLocks = {
  migrations: 728_311_401,
  /** Taken by every claim under a limit, so that two workers never count the same free place. */
  claims: 728_311_402,
  jobIndex: 728_311_403,
  firstWorkspace: 728_311_405,
  /** Two who grant at once would meet on the same rows of the catalogue. */
  queueGrants: 728_311_406,
} as const

/** Those with a second number, that of the thing that is locked; PostgreSQL keeps the two kinds apart. */
export const advisoryLockSpaces = {
  /** With the place of a kind in `retentionKinds`. */
  retention: 728_311_403,
  /** With the hash of a person's id. */
  ownWorkspace: 728_311_404,
} as const
