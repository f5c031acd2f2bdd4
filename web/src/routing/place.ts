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

/** What somebody does who no longer waits for the page to be where it was. */
const ownMoves = ['wheel', 'touchmove', 'pointerdown', 'keydown', 'popstate'] as const

interface Scrolled {
  /** Under which it is noted. */
  name: string
  /** Who tells of its scrolling. */
  target: EventTarget
  /** What grows as it fills. */
  contents: Iterable<Element>
  top: () => number
  /** How far it can be scrolled. */
  room: () => number
  to: (top: number) => void
}

/** Notes where it stands, and puts it there again once there is enough of it. */
function keep({ name, target, contents, top, room, to }: Scrolled): () => void {
  const wanted = notedAtPlace(name)
  const ended = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  // Noted while it stands: what is noted as the page goes away is not kept.
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(() => noteAtPlace(name, Math.round(top())), restMs)
  }
  target.addEventListener('scroll', later, { passive: true, signal: ended.signal })
  const end = () => {
    clearTimeout(timer)
    ended.abort()
  }
  if (wanted === 0) return end
  let settled: ReturnType<typeof setTimeout> | undefined
  const growth = new ResizeObserver(() => {
    if (room() < wanted) return
    to(wanted)
    // What is above it may still grow for a moment.
    settled ??= setTimeout(stop, settleMs)
  })
  const stop = () => growth.disconnect()
  ended.signal.addEventListener('abort', stop)
  for (const move of ownMoves) {
    window.addEventListener(move, stop, { signal: ended.signal, passive: true })
  }
  for (const part of contents) growth.observe(part)
  return end
}

/**
 * Keeps how far the page was scrolled over a reload: the browser forgets it, because what the page
 * shows comes after it was loaded.
 */
export function keepScrolled(): void {
  keep({
    name: 'scrolledTo',
    target: window,
    contents: [document.body],
    top: () => window.scrollY,
    room: () => document.documentElement.scrollHeight - window.innerHeight,
    to: (top) => window.scrollTo(0, top),
  })
}

/**
 * Keeps how far a part of the page was scrolled that scrolls by itself, over a reload and for who comes
 * back; gives the function that ends it.
 */
export function keepPaneScrolled(pane: HTMLElement, name: string): () => void {
  return keep({
    name,
    target: pane,
    contents: pane.children,
    top: () => pane.scrollTop,
    room: () => pane.scrollHeight - pane.clientHeight,
    to: (top) => {
      pane.scrollTop = top
    },
  })
}
