import type { ReactNode } from 'react'
import { Link } from '../routing/link.tsx'
import { Logo } from './logo.tsx'
import './shell.css'

/** What surrounds every page. */
export function Shell({
  workspace,
  children,
}: {
  workspace?: string | undefined
  children: ReactNode
}) {
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="shell-head">
        <div className="shell-bar">
          <Link to={{ page: 'projects' }} className="shell-brand">
            <Logo />
            Talkwright
          </Link>
          {workspace !== undefined && <span className="shell-workspace">{workspace}</span>}
        </div>
      </header>
      <main id="content" className="shell-main" tabIndex={-1}>
        {children}
      </main>
    </>
  )
}
