import type { ReactNode } from 'react'
import { explain } from '../api/http.ts'
import type { Tone } from './tone.ts'
import './note.css'

interface NoteProps {
  tone: Tone
  title?: ReactNode
  children?: ReactNode
}

/** Something that a person should know, set apart from what surrounds it. */
export function Note({ tone, title, children }: NoteProps) {
  return (
    <div className={`note tone-${tone}`}>
      {title !== undefined && <p className="note-title">{title}</p>}
      {children}
    </div>
  )
}

/** What went wrong and its code; announced when it appears. */
export function ProblemNote({ error, children }: { error: unknown; children?: ReactNode }) {
  const { detail, code } = explain(error)
  return (
    <div role="alert">
      <Note tone="bad" title={detail}>
        <p className="note-code">{code}</p>
        {children}
      </Note>
    </div>
  )
}

/** Where nothing is yet, and why. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children}
    </div>
  )
}
