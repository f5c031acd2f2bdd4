import type { BuildTask } from '../../../src/domain/build.ts'
import { isNumber, isRecord, isString, listOf, shapeOf } from '../api/guards.ts'
import { taskGroups } from './task-groups.ts'

/** Tasks that may be carried out side by side, or, in a chain, one after the other. */
export interface Wave {
  name: string
  tasks: readonly BuildTask[]
}

/** The way that tasks take: a wave needs those before it. */
export interface TaskWay {
  /** Whether the tasks of a wave follow each other, as where the plan says nothing of what needs what. */
  isChain: boolean
  waves: readonly Wave[]
}

interface PlannedWave {
  id: number
  tasks: string[]
}

const arePlanned = listOf(shapeOf<PlannedWave>({ id: isNumber, tasks: listOf(isString) }))

function isPlanned(value: unknown): value is PlannedWave[] {
  return arePlanned(value)
}

/** The waves of a tasks.md's section "Task Dependency Graph"; none where it has none that can be read. */
export function plannedWaves(tasksFile: string): readonly PlannedWave[] {
  const [, block] = /^## Task Dependency Graph\s*\n+```json\n([^`]*)```/im.exec(tasksFile) ?? []
  try {
    const graph: unknown = JSON.parse(block ?? 'null')
    const waves = isRecord(graph) ? graph['waves'] : undefined
    return isPlanned(waves) ? waves : []
  } catch {
    return []
  }
}

/** Tasks that have others below them are done by these, so that only these have a place in the way. */
function withoutParents(tasks: readonly BuildTask[]): BuildTask[] {
  const parents = new Set(tasks.map(({ id }) => id.slice(0, Math.max(0, id.lastIndexOf('.')))))
  return tasks.filter(({ id }) => !parents.has(id))
}

/** The way of a build's tasks; those of no wave come last. */
export function taskWay(
  tasks: readonly BuildTask[],
  planned: readonly PlannedWave[],
  titles: ReadonlyMap<string, string>,
): TaskWay {
  const leaves = withoutParents(tasks)
  if (planned.length === 0) {
    const waves = taskGroups(leaves, titles).map(({ number, title, head, tasks: below }) => ({
      name: title === undefined ? number : `${number} ${title}`,
      tasks: head === undefined ? below : [head, ...below],
    }))
    return { isChain: true, waves }
  }
  const waveOf = new Map(planned.flatMap(({ tasks: ids }, at) => ids.map((id) => [id, at])))
  const last = planned.length
  const waves = Array.from({ length: last + 1 }, (_, at) => ({
    name: at === last ? 'In no wave' : `Wave ${at + 1}`,
    tasks: leaves.filter(({ id }) => (waveOf.get(id) ?? last) === at),
  }))
  return { isChain: false, waves: waves.filter((wave) => wave.tasks.length > 0) }
}
