import type { ViewConnection } from '../../../client/index.ts'

/** `paused`: the page is hidden, so that its connection is left to others. */
export type Connection = ViewConnection
