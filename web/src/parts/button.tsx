import type { ComponentProps } from 'react'
import './button.css'

export type ButtonKind = 'primary' | 'plain' | 'danger' | 'ghost'

interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  kind?: ButtonKind
  type?: 'button' | 'submit'
  /** Its work is under way: it stays focusable and says so, and does nothing when pressed. */
  busy?: boolean
  /** It may not be pressed, for a reason that `aria-describedby` names: it stays focusable all the same. */
  refused?: boolean
}

export function Button(props: ButtonProps) {
  const { kind = 'plain', type = 'button', busy = false, refused = false, ...rest } = props
  const { onClick, ...others } = rest
  const isStill = busy || refused
  return (
    <button
      {...others}
      type={type === 'submit' ? 'submit' : 'button'}
      className={`button button-${kind}`}
      aria-busy={busy}
      aria-disabled={isStill || undefined}
      onClick={isStill ? (event) => event.preventDefault() : onClick}
    />
  )
}
