import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { BuildView, ProjectView } from '../../../src/http/views.ts'
import { buildsQuery, planQuery } from '../api/queries.ts'
import type { LiveProject } from '../live/live-project.ts'
import { Loading } from '../parts/loading.tsx'
import { Empty, ProblemNote } from '../parts/note.tsx'
import { useSearch } from '../routing/use-search.ts'
import { BuildLog } from './build-log.tsx'
import { buildNow } from './build-state.ts'
import { CriteriaList } from './criteria-list.tsx'
import { criterionTexts } from './criterion-texts.ts'
import { BuildSummary } from './build-summary.tsx'
import { topLevelTitles } from './task-groups.ts'
import { TasksPane } from './tasks-pane.tsx'
import './build.css'

interface AttemptsProps {
  builds: readonly BuildView[]
  shown: string
  onShow: (id: string) => void
}

/** The attempts at a build, when there were several. */
function Attempts({ builds, shown, onShow }: AttemptsProps) {
  if (builds.length < 2) return null
  return (
    <label className="attempts small">
      Attempt
      <select value={shown} onChange={(event) => onShow(event.target.value)}>
        {builds.map((build, index) => (
          <option key={build.id} value={build.id}>
            {builds.length - index} of {builds.length}, {build.state}
          </option>
        ))}
      </select>
    </label>
  )
}

interface BuildProps {
  project: ProjectView
  builds: readonly BuildView[]
  live: LiveProject
}

const nothing: ReadonlyMap<string, string> = new Map()
const unknown = { titles: nothing, texts: nothing, tasksFile: '' }

/** Titles of the top-level tasks and texts of the criteria, from the plan that the build carries out. */
function usePlanWords(project: ProjectView, planHash: string | undefined) {
  const plan = useQuery({ ...planQuery(project.id), enabled: project.planHash !== null })
  const built = plan.data?.hash === planHash ? plan.data?.plan : undefined
  return useMemo(() => {
    if (built === undefined) return unknown
    const text = (name: string) =>
      built.files.find(({ path }) => path.endsWith(`/${name}`))?.content ?? ''
    return {
      tasksFile: text('tasks.md'),
      titles: topLevelTitles(text('tasks.md')),
      texts: criterionTexts(text('bugfix.md') || text('requirements.md')),
    }
  }, [built])
}

function Build({ project, builds, live }: BuildProps) {
  const [search, changeSearch] = useSearch()
  const chosen = search.get('build')
  const view = builds.find((build) => build.id === chosen) ?? builds[0]
  const { titles, texts, tasksFile } = usePlanWords(project, view?.planHash)
  if (view === undefined) {
    return (
      <Empty title="No build yet">
        <p>
          {project.status === 'awaiting_approval'
            ? 'It begins when the plan is approved.'
            : 'It begins when the plan is written and approved.'}
        </p>
      </Empty>
    )
  }
  const build = buildNow(view, live.builds.get(view.id), live.seq >= project.seq)
  return (
    <>
      <Attempts
        builds={builds}
        shown={view.id}
        onShow={(id) => changeSearch({ build: id === builds[0]?.id ? null : id })}
      />
      <BuildSummary projectId={project.id} build={build} />
      <div className="build">
        <TasksPane tasks={build.tasks} titles={titles} tasksFile={tasksFile} />
        <BuildLog key={view.id} lines={build.log} startedAt={build.startedAt ?? build.createdAt} />
      </div>
      <CriteriaList evidence={build.evidence} texts={texts} />
    </>
  )
}

/** How the build goes: its tasks, its log and what came out of it. */
export function BuildTab({ project, live }: { project: ProjectView; live: LiveProject }) {
  const builds = useQuery(buildsQuery(project.id))
  if (builds.isError && builds.data === undefined) return <ProblemNote error={builds.error} />
  if (builds.data === undefined) return <Loading />
  return <Build project={project} builds={builds.data.items} live={live} />
}
