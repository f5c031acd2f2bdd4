import { useCallback, useState } from 'react'

export interface Told {
  words: string
  /** Counts what was told, so that the same words are told again. */
  n: number
}

/** What was done last in a part of the page, and a way to say it. */
export function useTold(): [Told | undefined, (words: string) => void] {
  const [told, setTold] = useState<Told>()
  const tell = useCallback((words: string) => {
    setTold((before) => ({ words, n: (before?.n ?? 0) + 1 }))
  }, [])
  return [told, tell]
}

/** Takes the focus: what was pressed is gone with the line that it stood in. */
function takeFocus(element: HTMLElement | null): void {
  element?.focus()
}

/** Says what was done; a screen reader reads it out, and the keyboard goes on from there. */
export function ToldNote({ told }: { told: Told | undefined }) {
  if (told === undefined) return null
  return (
    <p key={told.n} ref={takeFocus} className="told small tone-good" tabIndex={-1}>
      {told.words}
    </p>
  )
}
