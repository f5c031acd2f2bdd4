import path from 'node:path'
import { AppError, invalidInput } from '../../domain/errors.ts'
import type { EntityModel } from '../../kiro/data-models.ts'
import { parseDataModels } from '../../kiro/data-models.ts'
import { parseDesign } from '../../kiro/design.ts'
import { fromInline } from '../../kiro/inline.ts'
import { inWorkOrder, leafTasksOf, type LeafTask } from '../../kiro/leaf-tasks.ts'
import { parseRequirements } from '../../kiro/requirements.ts'
import { parseTasks } from '../../kiro/tasks.ts'
import { readPlan, type Reading } from './understand/understand.ts'
import { readConfined } from '../workspace/confined-files.ts'

/** What the spec asks for, as far as the scaffolder reads it. */
export interface Spec {
  title: string
  feature: string
  /** The tasks.md's path below the workspace. */
  tasksPath: string
  tasks: readonly SpecTask[]
  /** The criteria's texts by their numbers. */
  criteria: ReadonlyMap<string, string>
  entities: readonly EntityModel[]
  reading: Reading
  /** Parts of the stack that somebody asked for: `Storage: PostgreSQL`. */
  wishes: readonly string[]
}

/** A leaf of tasks.md. */
export interface SpecTask {
  number: string
  title: string
  done: boolean
  optional: boolean
  /**
   * It asks only that all tests pass: a checkpoint, which names no criterion, or the removal of what
   * is asked for no more, which the builder never builds.
   */
  checkpoint: boolean
  /** It asks for a property test, not for an acceptance test. */
  property: boolean
  /** The criteria that it carries out; a whole requirement is written out. */
  refs: readonly string[]
}

const maxBytes = 2_000_000

/** Reads the spec of a feature. @throws AppError `spec_missing`, `spec_is_bugfix`, `document_too_large` */
export async function readSpec(workspace: string, feature: string): Promise<Spec> {
  const folder = path.posix.join('.kiro', 'specs', feature)
  const read = async (name: string): Promise<string> => {
    const file = path.posix.join(folder, name)
    try {
      return (await readConfined(workspace, file, maxBytes)).toString('utf8')
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
      throw invalidInput('spec_missing', `${file} is missing in the workspace.`)
    }
  }
  const requirements = parseRequirements(await requirementsOf(read))
  const design = parseDesign(await read('design.md'))
  const tasks = parseTasks(await read('tasks.md'))
  const criteria = new Map(
    requirements.requirements.flatMap((requirement) =>
      requirement.criteria.map((one) => [`${requirement.number}.${one.number}`, one.text] as const),
    ),
  )
  const section = (name: string): string =>
    design.sections.find(({ heading }) => heading.toLowerCase() === name)?.body ?? ''
  const retired = new Set(requirements.retired?.map(({ ref }) => ref))
  const leaves = leafTasksOf(tasks, [...criteria.keys()]).map((leaf) => specTask(leaf, retired))
  const entities = parseDataModels(section('data models'))
  return {
    title: fromInline(tasks.title) || fromInline(design.title) || feature,
    feature,
    tasksPath: path.posix.join(folder, 'tasks.md'),
    tasks: inWorkOrder(leaves, tasks.waves).map(({ task }) => task),
    criteria,
    entities,
    reading: readPlan(new Map([...criteria].filter(([ref]) => !retired.has(ref))), entities),
    wishes: wishesIn(section('stack')),
  }
}

/** requirements.md; the built-in builder makes what is new and has no product's code to mend. */
async function requirementsOf(read: (name: string) => Promise<string>): Promise<string> {
  try {
    return await read('requirements.md')
  } catch (missing) {
    if (!(missing instanceof AppError) || missing.code !== 'spec_missing') throw missing
    const isBugfix = await read('bugfix.md').then(
      () => true,
      () => false,
    )
    if (!isBugfix) throw missing
    throw invalidInput(
      'spec_is_bugfix',
      'The spec mends a defect of a product that is in use. The built-in builder has no code of it: choose a builder that works in its repository.',
    )
  }
}

/** The rows of the stack's table whose basis is not a default. */
function wishesIn(stack: string): string[] {
  return stack.split('\n').flatMap((line) => {
    const [, part = '', choice = '', , basis = ''] = line
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim())
    const isAsked = basis === 'asked for' || basis === 'a constraint'
    return isAsked ? [`${part}: ${fromInline(choice)}`] : []
  })
}

function specTask(leaf: LeafTask, retired: ReadonlySet<string>): SpecTask {
  const { number, title, state, optional, refs } = leaf
  const isRemoval = refs.length > 0 && refs.every((ref) => retired.has(ref))
  return {
    number,
    title,
    done: state === 'completed',
    optional,
    checkpoint: isRemoval || leaf.checkpoint,
    property: /\bproperty test\b/i.test(title),
    refs,
  }
}
