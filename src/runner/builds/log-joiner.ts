import { setTimeout as delay } from 'node:timers/promises'
import type { LogLineKind } from './build-log.ts'

/** Whether what was told before is still on its way. */
export interface Flow {
  isBehind(): boolean
  /** Resolves when all that was told has arrived, or cannot for now; never rejects. */
  caughtUp(): Promise<void>
}

export interface LogJoiner {
  write: (kind: LogLineKind, line: string) => void
  /** Tells what is held; call it before anything else is told, so that the order holds. */
  flush: () => void
}

/** What one event may hold. */
const maxText = 4_000
/** Lines that nobody takes are told to the disk all the same. */
const longestHoldMs = 1_000
const maxHeld = 50

interface Held {
  kind: LogLineKind
  text: string
}

/**
 * Tells a line at once while nothing is on its way, and those that come meanwhile together: each
 * event costs the receiver a transaction, and a chatty agent would fall further and further behind.
 */
export function joinLog(tell: (kind: LogLineKind, text: string) => void, flow: Flow): LogJoiner {
  let held: Held[] = []
  let waiting = false

  const flush = () => {
    const groups = held
    held = []
    for (const { kind, text } of groups) tell(kind, text)
  }
  const wait = async () => {
    waiting = true
    const over = new AbortController()
    const longest = delay(longestHoldMs, undefined, { signal: over.signal }).catch(() => undefined)
    await Promise.race([flow.caughtUp(), longest])
    over.abort()
    waiting = false
    flush()
  }
  return {
    flush,
    write(kind, line) {
      if (held.length === 0 && !waiting && !flow.isBehind()) return tell(kind, line)
      const last = held.at(-1)
      if (last?.kind === kind && last.text.length + line.length < maxText) last.text += `\n${line}`
      else held.push({ kind, text: line })
      if (held.length >= maxHeld) flush()
      else if (!waiting) void wait()
    },
  }
}
