import type { Connection } from '../live/event-feed.ts'
import './connection-state.css'

const words: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting',
  live: 'Live',
  retrying: 'Connection lost, trying again',
  paused: 'Paused',
}

/** Whether what is shown is what happens now. */
export function ConnectionState({ connection }: { connection: Connection }) {
  return <output className={`connection connection-${connection}`}>{words[connection]}</output>
}
