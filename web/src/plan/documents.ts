import type { PlanDraft, PlanFile } from '../../../src/domain/plan.ts'
import type { EditableDocument } from '../../../src/planning/edit-plan.ts'

/** A file of the pack as the page lists it. */
export interface PlanDocument {
  /** `requirements.md`; the name in the page's address. */
  name: string
  kind: 'spec' | 'steering' | 'config'
  file: PlanFile
}

const editable: Readonly<Record<EditableDocument, true>> = {
  'requirements.md': true,
  'bugfix.md': true,
  'design.md': true,
  'tasks.md': true,
}

/** The text of a plan's file by its name; empty where there is none. */
export function contentOf(plan: PlanDraft, name: string): string {
  return plan.files.find(({ path }) => path.endsWith(`/${name}`))?.content ?? ''
}

/** Whether people may write this file of a plan. */
export function isEditable(name: string): name is EditableDocument {
  return Object.hasOwn(editable, name)
}

const specOrder = ['requirements.md', 'bugfix.md', 'design.md', 'tasks.md']

function kindOf(path: string): PlanDocument['kind'] {
  if (path.startsWith('.kiro/steering/')) return 'steering'
  return path.endsWith('.md') ? 'spec' : 'config'
}

function rank({ kind, name }: PlanDocument): number {
  if (kind === 'config') return 200
  if (kind === 'steering') return 100
  const place = specOrder.indexOf(name)
  return place < 0 ? 50 : place
}

/** The pack's files in the order that a person reads them. */
export function planDocuments(files: readonly PlanFile[]): PlanDocument[] {
  const documents = files.map((file) => ({
    name: file.path.slice(file.path.lastIndexOf('/') + 1),
    kind: kindOf(file.path),
    file,
  }))
  return documents.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
}

const bugfixParts = ['current', 'expected', 'unchanged']

/** What each requirement (`2`) and criterion (`2.3`) of requirements.md says, or each part and statement of bugfix.md. */
export function criterionTexts(requirements: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  let requirement = ''
  for (const line of requirements.split('\n')) {
    const heading = /^### Requirement (\d{1,4}):? ?(.*)$/.exec(line)
    const criterion = /^(\d{1,4})\. (.+)$/.exec(line)
    const part = /^### ((Current|Expected|Unchanged) Behavior.*)$/.exec(line)
    const statement = /^(\d{1,4}\.\d{1,4}) (.+)$/.exec(line)
    if (part?.[2] !== undefined) {
      texts.set(`${bugfixParts.indexOf(part[2].toLowerCase()) + 1}`, part[1] ?? '')
    }
    if (statement?.[1] !== undefined) texts.set(statement[1], statement[2] ?? '')
    if (heading?.[1] !== undefined) {
      requirement = heading[1]
      texts.set(requirement, heading[2] ?? '')
    } else if (criterion?.[1] !== undefined && requirement !== '') {
      texts.set(`${requirement}.${criterion[1]}`, criterion[2] ?? '')
    }
  }
  return texts
}

/** How many tasks of tasks.md are marked optional. */
export function optionalTasks(tasks: string): number {
  return tasks.split('\n').filter((line) => /^\s*- \[.\]\* /.test(line)).length
}
