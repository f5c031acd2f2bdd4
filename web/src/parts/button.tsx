import type { ComponentProps } from 'react'
import './button.css'

export type ButtonKind = 'primary' | 'plain' | 'danger' | 'ghost'

interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  kind?: ButtonKind
  type?: 'button' | 'submit'
  /** Its work is under way: it stays focusable and says so, and does nothing when pressed. */
  busy?: boolean
}

export function Button({ kind = 'plain', type = 'button', busy = false, ...rest }: ButtonProps) {
  const { onClick, ...others } = rest
  return (
    <button
      {...others}
      type={type === 'submit' ? 'submit' : 'button'}
      className={`button button-${kind}`}
      aria-busy={busy}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    />
  )
}
