import { isRecord } from '../api/guards.ts'

/** Notes something at the present place of the history; it is there again after a reload and back. */
export function noteAtPlace(name: string, value: number): void {
  const state: unknown = window.history.state
  window.history.replaceState({ ...(isRecord(state) && state), [name]: value }, '')
}

/** What was noted at the present place; 0 where nothing was. */
export function notedAtPlace(name: string): number {
  const state: unknown = window.history.state
  const value = isRecord(state) ? state[name] : undefined
  return typeof value === 'number' ? value : 0
}

/** So long a page stands still before it is noted where; browsers want few changes of the history. */
const restMs = 150
/** So long a page is held where it was, once there is enough of it. */
const settleMs = 1_000

const scrolledTo = 'scrolledTo'

/** What somebody does who no longer waits for the page to be where it was. */
const ownMoves = ['wheel', 'touchmove', 'pointerdown', 'keydown', 'popstate'] as const

/**
 * Keeps how far the page was scrolled over a reload: the browser forgets it, because what the page
 * shows comes after it was loaded.
 */
export function keepScrolled(): void {
  const wanted = notedAtPlace(scrolledTo)
  let timer: ReturnType<typeof setTimeout> | undefined
  // Noted while it stands: what is noted as the page goes away is not kept.
  const note = () => noteAtPlace(scrolledTo, window.scrollY)
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(note, restMs)
  }
  window.addEventListener('scroll', later, { passive: true })
  if (wanted === 0) return
  const ended = new AbortController()
  let settled: ReturnType<typeof setTimeout> | undefined
  const growth = new ResizeObserver(() => {
    if (document.documentElement.scrollHeight - window.innerHeight < wanted) return
    window.scrollTo(0, wanted)
    // What is above it may still grow for a moment.
    settled ??= setTimeout(() => ended.abort(), settleMs)
  })
  ended.signal.addEventListener('abort', () => growth.disconnect())
  const { signal } = ended
  for (const move of ownMoves) {
    window.addEventListener(move, () => ended.abort(), { signal, passive: true })
  }
  growth.observe(document.body)
}
