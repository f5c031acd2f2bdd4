import { describe, expect, it } from 'vitest'
import { createOfflineAnalyst } from '../analysis/offline/analyst.ts'
import { type PlanDraft, planFile } from '../domain/plan.ts'
import { lintSpec } from '../kiro/lint.ts'
import { editPlan } from './edit-plan.ts'
import { createOfflinePlanner } from './offline/planner.ts'

const lines = [
  'We need an app for our library. Members can borrow books.',
  'Each book has a title, an author and a year.',
  'Members can search books by title.',
  'Members can reserve a room.',
]
const turns = lines.map((text, index) => ({
  id: `t${index + 1}`,
  speaker: 'Client',
  role: 'client' as const,
  text,
}))

async function planned() {
  const brief = await createOfflineAnalyst().analyse({ turns })
  return { brief, draft: await createOfflinePlanner().plan({ brief, specId: 'spec' }) }
}

const text = (draft: PlanDraft, name: string) => planFile(draft.files, name)?.content ?? ''
const linkOf = ({ trace }: PlanDraft, ref: string) => trace.find((link) => link.ref === ref)

/** The number of the criterion that rests on this item alone. */
function refOf(draft: PlanDraft, item: string | undefined): string {
  const link = draft.trace.find(
    ({ ref, items }) => ref.includes('.') && items.length === 1 && items[0] === item,
  )
  return link?.ref ?? ''
}

function criterionAt(document: string, ref: string): string {
  const [requirement, number] = ref.split('.')
  const part = document.split(/^### Requirement /m).find((one) => one.startsWith(`${requirement}:`))
  return part?.split('\n').find((line) => line.startsWith(`${number}. `)) ?? ''
}

describe('an edit', () => {
  it('of a criterion’s words keeps its evidence and changes the item that it came from', async () => {
    const { brief, draft: before } = await planned()
    const item = brief.items.find(({ statement }) => statement === 'Members can reserve a room.')
    const ref = refOf(before, item?.id)
    const line = criterionAt(text(before, 'requirements.md'), ref)
    const words = 'WHEN a member reserves a room, THE Library SHALL send a code for its door.'
    const document = text(before, 'requirements.md').replace(line, `${line.split(' ')[0]} ${words}`)
    const { draft, brief: after } = editPlan(before, brief, { 'requirements.md': document }, 'u')
    expect(linkOf(draft, ref)).toMatchObject({ items: [item?.id], citations: item?.citations })
    expect(after.items.find(({ id }) => id === item?.id)).toMatchObject({
      statement: words,
      amendedBy: 'u',
      citations: item?.citations,
    })
    const again = await createOfflinePlanner().plan({ brief: after, specId: 'spec' })
    expect(text(again, 'requirements.md')).toContain(words)
    expect(lintSpec(again.files).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('that takes a requirement out leaves its item out of later plans, with the reason', async () => {
    const { brief, draft: before } = await planned()
    const item = brief.items.find(({ statement }) => statement === 'Members can reserve a room.')
    const [number] = refOf(before, item?.id).split('.')
    const document = text(before, 'requirements.md')
    const gone = document.replace(
      new RegExp(`### Requirement ${number}:[^]*?(?=### Requirement|$)`),
      '',
    )
    const { draft, brief: after } = editPlan(before, brief, { 'requirements.md': gone }, 'u')
    expect(draft.retired?.map(({ ref }) => ref)).toContain(`${number}.1`)
    expect(draft.trace.flatMap(({ items }) => items)).not.toContain(item?.id)
    const again = await createOfflinePlanner().plan({ brief: after, specId: 'spec' })
    expect(again.leftOut.map((left) => left.item)).toContain(item?.id)
    expect(again.trace.flatMap(({ items }) => items)).not.toContain(item?.id)
  })

  it('that gives a criterion another number is refused, and says which', async () => {
    const { brief, draft: before } = await planned()
    const document = text(before, 'requirements.md')
    const number = [...document.matchAll(/^### Requirement (\d+)/gm)].length
    const moved = document.replace(`### Requirement ${number}:`, `### Requirement ${number + 1}:`)
    expect(() => editPlan(before, brief, { 'requirements.md': moved }, 'u')).toThrow(
      `${number + 1}.1 says now what ${number}.1 said.`,
    )
  })

  it('of tasks.md follows its tasks in trace and phases', async () => {
    const { brief, draft: before } = await planned()
    const document = text(before, 'tasks.md')
    const [, ref = ''] = /_Requirements: (\d+\.\d+)/.exec(document) ?? []
    const edit = {
      'tasks.md': document.replace(
        /\n## Notes/,
        `\n- [ ] 90. Try it with a member\n  - Watch them.\n  - _Requirements: ${ref}_\n\n## Notes`,
      ),
    }
    const { draft } = editPlan(before, brief, edit, 'u')
    expect(linkOf(draft, ref)?.tasks).toEqual([...(linkOf(before, ref)?.tasks ?? []), '90'])
    expect(draft.phases.at(-1)?.tasks).toContain('90')
    expect(draft.phases.flatMap(({ tasks }) => tasks)).toHaveLength(
      before.phases.flatMap(({ tasks }) => tasks).length + 1,
    )
    expect(draft.madeBy).toEqual({ kind: 'person', name: 'a person' })
  })
})
