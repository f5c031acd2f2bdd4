import { useMemo } from 'react'
import type { BuildTask } from '../../../src/domain/build.ts'
import { ScrollRegion } from '../parts/scroll-region.tsx'
import { Switch } from '../parts/switch.tsx'
import { useSearch } from '../routing/use-search.ts'
import { TaskGraph } from './task-graph.tsx'
import { TaskList } from './task-list.tsx'
import { plannedWaves, taskWay } from './task-waves.ts'
import './tasks.css'

interface TasksPaneProps {
  tasks: readonly BuildTask[]
  /** Titles of top-level tasks by their number. */
  titles: ReadonlyMap<string, string>
  /** The plan's tasks.md; empty while it is not at hand. */
  tasksFile: string
}

function Graph({ tasks, titles, tasksFile }: TasksPaneProps) {
  const planned = useMemo(() => plannedWaves(tasksFile), [tasksFile])
  const way = useMemo(() => taskWay(tasks, planned, titles), [tasks, planned, titles])
  return <TaskGraph way={way} />
}

/** The tasks of a build, ticked as the runner verifies them, as a list or as a graph. */
export function TasksPane(props: TasksPaneProps) {
  const [search, changeSearch] = useSearch()
  const isGraph = search.get('tasks') === 'graph'
  return (
    <section className="tasks panel" aria-label="Tasks">
      <div className="build-pane-head tasks-head">
        <h2>Tasks</h2>
        <Switch
          label="Show the tasks as"
          options={{ list: 'List', graph: 'Graph' }}
          value={isGraph ? 'graph' : 'list'}
          onChange={(view) => changeSearch({ tasks: view === 'graph' ? view : null })}
        />
      </div>
      {props.tasks.length === 0 ? (
        <p className="tasks-none small muted">They appear when the builder starts.</p>
      ) : (
        <ScrollRegion className="tasks-body" label={isGraph ? 'Graph of tasks' : 'List of tasks'}>
          {isGraph ? <Graph {...props} /> : <TaskList tasks={props.tasks} titles={props.titles} />}
        </ScrollRegion>
      )}
    </section>
  )
}
