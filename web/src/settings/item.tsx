import type { ReactNode } from 'react'

interface ItemProps {
  /** What the line is about. */
  name: ReactNode
  /** What is known of it, below its name. */
  facts: ReactNode
  /** What can be done with it. */
  children?: ReactNode
}

/** One line of a list of settings: a member, an invitation, a key. */
export function Item({ name, facts, children }: ItemProps) {
  return (
    <li className="item">
      <div className="item-words">
        <p className="item-name">{name}</p>
        <p className="small muted">{facts}</p>
      </div>
      <div className="item-actions">{children}</div>
    </li>
  )
}
