import type { ReactNode } from 'react'
import { Link } from '../routing/link.tsx'
import { Logo } from './logo.tsx'
import './shell.css'

interface ShellProps {
  workspace: string | undefined
  /** Whether the list of projects is what is shown. */
  isProjects: boolean
  children: ReactNode
}

/** What surrounds every page. */
export function Shell({ workspace, isProjects, children }: ShellProps) {
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="shell-bar">
        <Link to={{ page: 'projects' }} className="shell-brand">
          <Logo />
          Talkwright
        </Link>
        <nav aria-label="Pages">
          <Link
            to={{ page: 'projects' }}
            className="shell-nav"
            aria-current={isProjects ? 'page' : undefined}
          >
            Projects
          </Link>
        </nav>
        {workspace !== undefined && <span className="shell-workspace">{workspace}</span>}
      </header>
      <main id="content" className="shell-main" tabIndex={-1}>
        {children}
      </main>
    </>
  )
}
