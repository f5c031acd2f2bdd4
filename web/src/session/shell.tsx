import type { ReactNode } from 'react'
import type { MeView } from '../../../src/http/views.ts'
import { Link } from '../routing/link.tsx'
import type { Route } from '../routing/route.ts'
import { Logo } from './logo.tsx'
import { mayOperate } from './may-operate.ts'
import './shell.css'

interface ShellProps {
  /** Who is there; undefined while nobody knows yet. */
  me: MeView | undefined
  page: Route['page']
  children: ReactNode
}

interface NavLinkProps {
  to: 'projects' | 'operate' | 'settings'
  page: Route['page']
  children: ReactNode
}

function NavLink({ to, page, children }: NavLinkProps) {
  return (
    <Link to={{ page: to }} className="shell-nav" aria-current={page === to ? 'page' : undefined}>
      {children}
    </Link>
  )
}

/** What surrounds every page. */
export function Shell({ me, page, children }: ShellProps) {
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="shell-bar">
        <Link to={{ page: 'projects' }} className="shell-brand">
          <Logo />
          <span className="shell-name">Talkwright</span>
        </Link>
        <nav aria-label="Pages" className="shell-pages">
          <NavLink to="projects" page={page}>
            Projects
          </NavLink>
          {me !== undefined && mayOperate(me) && (
            <NavLink to="operate" page={page}>
              Operate
            </NavLink>
          )}
          {me !== undefined && (
            <NavLink to="settings" page={page}>
              Settings
            </NavLink>
          )}
        </nav>
        {me !== undefined && <span className="shell-workspace">{me.workspace.name}</span>}
      </header>
      <main id="content" className="shell-main" tabIndex={-1}>
        {children}
      </main>
    </>
  )
}
