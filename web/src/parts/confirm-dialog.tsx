import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ProblemNote } from './note.tsx'

interface ConfirmDialogProps {
  title: string
  /** What the press on the red button says. */
  words: string
  /** What the press that leaves all as it is says. */
  keep: string
  busy: boolean
  /** Why it could not be done. */
  fault: unknown
  onConfirm: () => void
  onClose: () => void
  /** What comes of it. */
  children: ReactNode
}

/** Asks before something is done that cannot be taken back, and says what comes of it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, words, keep, busy, fault, onConfirm, onClose, children } = props
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="dialog-form">
        <p>{children}</p>
        {fault !== null && <ProblemNote error={fault} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>{keep}</Button>
          <Button kind="danger" busy={busy} onClick={onConfirm}>
            {words}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
