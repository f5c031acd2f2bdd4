import { createContext, type ReactNode, use } from 'react'
import type { LiveClient } from '../../../client/index.ts'

const LiveContext = createContext<LiveClient | undefined>(undefined)

/** Gives the page its one live connection, which closes by itself while nothing is followed. */
export function LiveProvider({ client, children }: { client: LiveClient; children: ReactNode }) {
  return <LiveContext value={client}>{children}</LiveContext>
}

/** The page's live connection. */
export function useLiveClient(): LiveClient {
  const client = use(LiveContext)
  if (client === undefined) throw new Error('The page has no live connection.')
  return client
}
