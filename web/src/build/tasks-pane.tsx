import { type ReactNode, useMemo, useRef } from 'react'
import type { BuildTask } from '../../../src/domain/build.ts'
import { ScrollRegion } from '../parts/scroll-region.tsx'
import { Switch } from '../parts/switch.tsx'
import { useKeptScroll } from '../routing/use-kept-scroll.ts'
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

function TasksBody({ label, children }: { label: string; children: ReactNode }) {
  const pane = useRef<HTMLElement>(null)
  useKeptScroll(pane, 'tasksScrolledTo')
  return (
    <ScrollRegion className="tasks-body" label={label} elementRef={pane}>
      {children}
    </ScrollRegion>
  )
}

/** The tasks of a build, ticked as the runner verifies them, as a list or as a graph. */
export function TasksPane(props: TasksPaneProps) {
  const [search, changeSearch] = useSearch()
  const isGraph = search.get('tasks') === 'graph'
  const view = isGraph ? 'graph' : 'list'
  return (
    <section className="tasks panel" aria-label="Tasks">
      <div className="build-pane-head tasks-head">
        <h2>Tasks</h2>
        <Switch
          label="Show the tasks as"
          options={{ list: 'List', graph: 'Graph' }}
          value={view}
          onChange={(view) => changeSearch({ tasks: view === 'graph' ? view : null })}
        />
      </div>
      {props.tasks.length === 0 ? (
        <p className="tasks-none small muted">They appear when the builder starts.</p>
      ) : (
        <TasksBody key={view} label={isGraph ? 'Graph of tasks' : 'List of tasks'}>
          {isGraph ? <Graph {...props} /> : <TaskList tasks={props.tasks} titles={props.titles} />}
        </TasksBody>
      )}
    </section>
  )
}
