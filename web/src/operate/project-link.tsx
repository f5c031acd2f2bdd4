import { Link } from '../routing/link.tsx'

/** The way to the project that something belongs to, where there is one. */
export function ProjectLink({ id }: { id: string | null }) {
  if (id === null) return null
  return <Link to={{ page: 'project', id, tab: 'history' }}>Project {id.slice(0, 8)}</Link>
}
