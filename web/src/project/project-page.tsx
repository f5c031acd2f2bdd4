import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { ProjectView } from '../../../src/http/views.ts'
import { assertNever } from '../../../src/domain/assert-never.ts'
import { ApiError } from '../api/http.ts'
import { projectQuery } from '../api/queries.ts'
import { BuildTab } from '../build/build-tab.tsx'
import { CostTab } from '../cost/cost-tab.tsx'
import { ExportTab } from '../export/export-tab.tsx'
import { HistoryTab } from '../history/history-tab.tsx'
import type { LiveProject } from '../live/live-project.ts'
import { useLiveProject } from '../live/use-live-project.ts'
import { Loading } from '../parts/loading.tsx'
import { Empty, ProblemNote } from '../parts/note.tsx'
import { PlanTab } from '../plan/plan-tab.tsx'
import { Link } from '../routing/link.tsx'
import type { PlanPlace, Tab } from '../routing/route.ts'
import { TalkTab } from '../talk/talk-tab.tsx'
import { ProjectHeader } from './project-header.tsx'
import { ProjectTabs } from './project-tabs.tsx'
import './project.css'

interface Place extends PlanPlace {
  tab: Tab
}

interface TabProps extends Place {
  project: ProjectView
  live: LiveProject
}

function TabContent({ tab, project, live, ...place }: TabProps) {
  switch (tab) {
    case 'talk':
      return <TalkTab project={project} />
    case 'plan':
      return <PlanTab project={project} {...place} />
    case 'build':
      return <BuildTab project={project} live={live} />
    case 'cost':
      return <CostTab project={project} />
    case 'history':
      return <HistoryTab id={project.id} events={live.events} doc={place.doc} />
    case 'export':
      return <ExportTab project={project} />
    default:
      return assertNever(tab)
  }
}

function Loaded({ project, ...place }: { project: ProjectView } & Place) {
  const { project: live, connection } = useLiveProject(project.id, project.seq)
  useEffect(() => {
    document.title = `${project.title} · Talkwright`
  }, [project.title])
  return (
    <>
      <ProjectHeader project={project} tab={place.tab} connection={connection} />
      <ProjectTabs project={project} tab={place.tab} />
      <TabContent {...place} project={project} live={live} />
    </>
  )
}

/** One project: what was said, what was planned, and how its build goes. */
export function ProjectPage({ id, ...place }: { id: string } & Place) {
  const project = useQuery(projectQuery(id))
  if (project.data !== undefined) return <Loaded project={project.data} {...place} />
  if (project.error instanceof ApiError && project.error.status === 404) {
    return (
      <Empty title="There is no such project">
        <p>It may belong to another workspace.</p>
        <p>
          <Link to={{ page: 'projects' }}>All projects</Link>
        </p>
      </Empty>
    )
  }
  return project.isError ? <ProblemNote error={project.error} /> : <Loading />
}
