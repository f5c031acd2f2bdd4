import type { ReactNode } from 'react'
import './field.css'

interface FieldProps {
  name: string
  optional?: boolean
  hint?: string
  /** One input. */
  children: ReactNode
}

/** A name above what is filled in. */
export function Field({ name, optional = false, hint, children }: FieldProps) {
  return (
    <label className="field">
      <span>
        {name} {optional && <span className="muted">(optional)</span>}
      </span>
      {children}
      {hint !== undefined && <span className="field-hint">{hint}</span>}
    </label>
  )
}
