import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import { fileOf, startVersionRig, type VersionRig } from './testing/version-rig.ts'
import type { PlanView } from './views.ts'

onEveryDatabase('an edit of a plan', (database) => {
  let rig: VersionRig
  beforeAll(async () => {
    rig = await startVersionRig(database())
  })
  afterAll(async () => {
    await rig.stop()
  })

  const criterion = 'WHEN a librarian marks a book as lost, THE System SHALL bill the member.'

  function withRequirement(view: PlanView): { requirements: string; tasks: string } {
    const numbers = [...fileOf(view, 'requirements.md').matchAll(/^### Requirement (\d+)/gm)]
    const number = numbers.length + 1
    return {
      requirements: `${fileOf(view, 'requirements.md').trimEnd()}\n\n### Requirement ${number}: Lost books\n\n**User Story:** As a librarian, I want to mark a book as lost, so that it is paid for.\n\n#### Acceptance Criteria\n\n1. ${criterion}\n`,
      tasks: fileOf(view, 'tasks.md').replace(
        /\n## Notes/,
        `\n- [ ] 90. Bill lost books\n  - Add the bill.\n  - _Requirements: ${number}.1_\n\n## Notes`,
      ),
    }
  }

  it('is a version by that person, whose additions are marked and outlive the next analysis', async () => {
    const { id, first } = await rig.started()
    const { requirements, tasks } = withRequirement(first)
    const documents = { 'requirements.md': requirements, 'tasks.md': tasks }
    const edit = { planHash: first.hash, documents }
    const second = await rig.send<PlanView>('PUT', `/v1/projects/${id}/plan`, edit)
    expect(second).toMatchObject({ version: 2, editedBy: rig.server.ownerId, approved: null })
    expect(fileOf(second, 'requirements.md')).toBe(requirements)
    const added = second.plan.trace.filter(({ items }) => items.includes('A1'))
    expect(added).toMatchObject([
      {
        citations: [],
        inferred: `Added to the plan by user ${rig.server.ownerId}.`,
        tasks: ['90'],
      },
      {
        citations: [],
        inferred: `Added to the plan by user ${rig.server.ownerId}.`,
        tasks: ['90'],
      },
    ])
    const kept = new Map(second.plan.trace.map((link) => [link.ref, link.citations]))
    for (const { ref, citations } of first.plan.trace) expect(kept.get(ref)).toEqual(citations)
    expect(await rig.refused('PUT', `/v1/projects/${id}/plan`, edit)).toMatchObject({
      code: 'plan_changed',
      planHash: second.hash,
    })
    const answers = [{ question: 'O1', text: 'A member can keep a book for three weeks.' }]
    await rig.send('POST', `/v1/projects/${id}/answers`, { briefVersion: 2, answers })
    const third = await rig.planned(id, 3)
    expect(fileOf(third, 'requirements.md')).toContain(criterion)
    expect(third.editedBy).toBeNull()
  })

  it('is refused with positions where the documents are not valid, and when it is late', async () => {
    const { id, first } = await rig.started()
    const path = `/v1/projects/${id}/plan`
    const wrong = fileOf(first, 'tasks.md').replace(/_Requirements: [^_]*_/, '_Requirements: 99.1_')
    expect(
      await rig.refused('PUT', path, { planHash: first.hash, documents: { 'tasks.md': wrong } }),
    ).toMatchObject({
      status: 422,
      code: 'plan_not_valid',
      errors: expect.arrayContaining([
        expect.objectContaining({
          file: expect.stringMatching(/tasks\.md$/) as string,
          line: expect.any(Number) as number,
        }),
      ]) as unknown[],
    })
    const design = `${fileOf(first, 'design.md')}\nMore.\n`
    const edit = { planHash: first.hash, documents: { 'design.md': design } }
    const second = await rig.send<PlanView>('PUT', path, edit)
    const late = { planHash: first.hash, documents: { 'design.md': `${design}Late.\n` } }
    expect(await rig.refused('PUT', path, late)).toMatchObject({
      status: 409,
      code: 'plan_changed',
      planHash: second.hash,
    })
    expect(
      await rig.refused('PUT', path, { planHash: second.hash, documents: { 'design.md': design } }),
    ).toMatchObject({ status: 422, code: 'plan_unchanged' })
    expect(
      await rig.refused('PUT', path, { planHash: second.hash, documents: { 'bugfix.md': 'x' } }),
    ).toMatchObject({ status: 422, code: 'unknown_document' })
    await rig.build(id)
    const during = { planHash: second.hash, documents: { 'design.md': `${design}!\n` } }
    expect(await rig.refused('PUT', path, during)).toMatchObject({
      status: 409,
      code: 'wrong_status',
    })
  })
})
