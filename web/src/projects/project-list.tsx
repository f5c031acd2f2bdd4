import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { ProjectListItemView, ProjectListView } from '../../../src/http/views.ts'
import { projectsQuery } from '../api/queries.ts'
import { Loading } from '../parts/loading.tsx'
import { MoreButton } from '../parts/more-button.tsx'
import { Empty, ProblemNote } from '../parts/note.tsx'
import { Link } from '../routing/link.tsx'
import { noteAtPlace, notedAtPlace } from '../routing/place.ts'
import { askedBy, isFiltered, type ProjectFilter } from './project-filter.ts'
import { ProjectRow } from './project-row.tsx'

/** How many rows the list had, for a reload. */
const shownRows = 'shownRows'

/** All pages as one list; a project that moved from one to the other between two reads is in it once. */
function itemsOf(data: InfiniteData<ProjectListView> | undefined) {
  const all = new Map<string, ProjectListItemView>()
  for (const item of data?.pages.flatMap((page) => page.items) ?? []) {
    if (!all.has(item.id)) all.set(item.id, item)
  }
  return [...all.values()]
}

function NothingFits() {
  return (
    <Empty title="No project fits">
      <p>
        <Link to={{ page: 'projects' }}>Show all projects</Link>
      </p>
    </Empty>
  )
}

/** What the columns hold, where there is room for columns; each value says it for itself too. */
function Heads() {
  return (
    <div className="project-heads overline" aria-hidden="true">
      <span>Project</span>
      <span>Stage</span>
      <span>By</span>
      <span>Cost</span>
      <span>Begun</span>
    </div>
  )
}

interface ListProps {
  filter: ProjectFilter
  /** What changes the filter; not shown where there is nothing to be filtered. */
  controls: ReactNode
  /** What is shown where there are no projects at all. */
  none: ReactNode
}

/** The projects that fit, with the next ones on request. */
export function ProjectList({ filter, controls, none }: ListProps) {
  const asked = askedBy(filter)
  const projects = useInfiniteQuery(projectsQuery(asked))
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = projects
  const items = useMemo(() => itemsOf(data), [data])
  // A page of a filter may be empty and still not be the last; after a reload there is more to come.
  const [before] = useState(() => ({ asked, rows: notedAtPlace(shownRows) }))
  const wanted = before.asked === asked ? Math.max(1, before.rows) : 1
  const looksOn = items.length < wanted && hasNextPage && !isPlaceholderData
  useEffect(() => {
    if (!looksOn) noteAtPlace(shownRows, items.length)
  }, [looksOn, items.length])
  useEffect(() => {
    if (looksOn && !isFetchingNextPage) void fetchNextPage()
  }, [looksOn, isFetchingNextPage, fetchNextPage])
  if (data === undefined) {
    return projects.isError ? <ProblemNote error={projects.error} /> : <Loading />
  }
  const isEmpty = items.length === 0 && !hasNextPage && !isPlaceholderData
  if (isEmpty && !isFiltered(filter)) return none
  return (
    <>
      {controls}
      {projects.isError && <ProblemNote error={projects.error} />}
      {isEmpty && <NothingFits />}
      {items.length > 0 && (
        <div className="projects panel" aria-busy={isPlaceholderData}>
          <Heads />
          <ul>
            {items.map((project) => (
              <ProjectRow key={project.id} project={project} />
            ))}
          </ul>
        </div>
      )}
      {hasNextPage && (
        <p className="projects-more">
          <MoreButton key={asked} list={projects}>
            Show more projects
          </MoreButton>
        </p>
      )}
    </>
  )
}
