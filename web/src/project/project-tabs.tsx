import { useEffect, useRef } from 'react'
import type { ProjectView } from '../../../src/http/views.ts'
import { Link } from '../routing/link.tsx'
import { type Tab, tabs } from '../routing/route.ts'

const names: Readonly<Record<Tab, string>> = {
  talk: 'Talk',
  plan: 'Plan',
  build: 'Build',
  cost: 'Cost',
  history: 'History',
  export: 'Export',
}

/** The views of a project; links, because each has an address. */
export function ProjectTabs({ project, tab }: { project: ProjectView; tab: Tab }) {
  const asks = project.status === 'awaiting_approval'
  const nav = useRef<HTMLElement>(null)
  // A narrow screen has no room for all of them.
  useEffect(() => {
    const open = nav.current?.children[tabs.indexOf(tab)]
    if (open instanceof HTMLElement) {
      nav.current?.scrollTo({ left: open.offsetLeft - (nav.current?.offsetLeft ?? 0) })
    }
  }, [tab])
  return (
    <nav ref={nav} className="tabs" aria-label="Project">
      {tabs.map((name) => (
        <Link
          key={name}
          to={{ page: 'project', id: project.id, tab: name }}
          aria-current={name === tab ? 'page' : undefined}
        >
          {names[name]}
          {name === 'plan' && asks && (
            <span className="tabs-asks">
              <span className="unseen">, waits for approval</span>
            </span>
          )}
        </Link>
      ))}
    </nav>
  )
}
