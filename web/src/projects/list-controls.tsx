import { useEffect, useState } from 'react'
import { Link } from '../routing/link.tsx'
import { searchHref } from '../routing/use-search.ts'
import { type Group, groups, orders, type ProjectFilter } from './project-filter.ts'
import './list-controls.css'

type Change = (changes: Readonly<Record<string, string | null>>) => void

const typingMs = 250

/** Looks for what was typed once the typing pauses, so that not each letter is a question. */
function SearchBox({ text, onChange }: { text: string; onChange: Change }) {
  const [typed, setTyped] = useState(text)
  const [shown, setShown] = useState(text)
  if (text !== shown) {
    // The address has changed by itself: back, or a filter that was taken away.
    setShown(text)
    if (text.trim() !== typed.trim()) setTyped(text)
  }
  useEffect(() => {
    if (typed.trim() === text) return undefined
    const timer = setTimeout(() => onChange({ q: typed.trim() }), typingMs)
    return () => clearTimeout(timer)
  }, [typed, text, onChange])
  return (
    <label className="list-search">
      <span className="unseen">Search by title</span>
      <input
        type="search"
        placeholder="Search by title"
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </label>
  )
}

function GroupLink({ group, chosen }: { group: Group | undefined; chosen: Group | undefined }) {
  return (
    <Link
      to={{ page: 'projects' }}
      href={searchHref({ show: group ?? null })}
      className="list-group"
      aria-current={group === chosen ? 'true' : undefined}
    >
      {group === undefined ? 'All' : groups[group].words}
    </Link>
  )
}

const names = Object.keys(groups).filter((name): name is Group => Object.hasOwn(groups, name))

/** What of all projects is shown, and in which order. */
export function ListControls({ filter, onChange }: { filter: ProjectFilter; onChange: Change }) {
  return (
    <div className="list-controls">
      <nav className="list-groups" aria-label="Filter by status">
        {[undefined, ...names].map((group) => (
          <GroupLink key={group ?? 'all'} group={group} chosen={filter.group} />
        ))}
      </nav>
      <SearchBox text={filter.text} onChange={onChange} />
      <label className="list-order">
        <span className="unseen">Order</span>
        <select
          value={filter.order}
          onChange={({ target }) =>
            onChange({ order: target.value === 'newest' ? null : target.value })
          }
        >
          {Object.entries(orders).map(([order, words]) => (
            <option key={order} value={order}>
              {words}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
