import type { ReactNode } from 'react'
import { Button } from '../parts/button.tsx'
import { CopyText } from '../parts/copy-text.tsx'

interface ShownOnceProps {
  title: string
  secret: string
  /** What the secret is called, such as `the link`. */
  what: string
  onDone: () => void
  /** What it is good for, and until when. */
  children: ReactNode
}

function takeFocus(element: HTMLElement | null): void {
  element?.focus()
}

/** A link or a key that nobody can read again later; it stays until its reader says that they have it. */
export function ShownOnce({ title, secret, what, onDone, children }: ShownOnceProps) {
  return (
    <section ref={takeFocus} className="shown-once note tone-ask" aria-label={title} tabIndex={-1}>
      <p className="note-title">{title}</p>
      <p>Take it now: only a hash of it is kept, and it is not shown again.</p>
      <p className="shown-once-secret">
        <CopyText text={secret} what={what} />
      </p>
      <p>{children}</p>
      <Button onClick={onDone}>I have it</Button>
    </section>
  )
}
