import type { z } from 'zod'
import type { LogKind } from '../../domain/build.ts'
import { cleanLine, cleanLines } from '../process/log-text.ts'

export type LogLineKind = z.infer<typeof LogKind>

/** The log of one build: whatever text comes in, bounded clean lines go out. */
export type WriteLog = (kind: LogLineKind, text: string) => void

/** Lines kept for the runner's own words and the tests, so that a chatty agent cannot hide them. */
const reservedLines = 200

/** The runner's own words are one line: what they quote of others must not pass for more of them. */
function linesOf(kind: LogLineKind, text: string): string[] {
  return kind === 'runner' ? [cleanLine(text)] : cleanLines(text)
}

/**
 * A log that turns text into lines; past `maxLines` it says once that the rest was
 * left out.
 */
export function createBuildLog(
  emit: WriteLog,
  mask: (text: string) => string,
  maxLines: number,
): WriteLog {
  const reserved = Math.min(reservedLines, Math.floor(maxLines / 2))
  let written = 0
  let saidFull = false
  const sayFull = () => {
    if (saidFull) return
    saidFull = true
    emit('runner', 'The log is full: the rest is left out.')
  }
  return (kind, text) => {
    const limit = kind === 'runner' || kind === 'test' ? maxLines : maxLines - reserved
    // Once more, because what was cleaned away may have stood in the middle of a secret.
    for (const line of linesOf(kind, mask(text)).map(mask)) {
      if (written >= limit) {
        sayFull()
        return
      }
      written += 1
      emit(kind, line)
    }
  }
}
