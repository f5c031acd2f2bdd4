import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEveryDatabase } from '../../test/support/databases.ts'
import type { TraceDocument } from '../domain/trace.ts'
import { startVersionRig, type VersionRig } from './testing/version-rig.ts'
import type { PlanDiffView } from './views.ts'

onEveryDatabase('the versions of a project', (database) => {
  let rig: VersionRig
  beforeAll(async () => {
    rig = await startVersionRig(database())
  })
  afterAll(async () => {
    await rig.stop()
  })

  it('lists the versions and gives each, its brief and its pack', async () => {
    const { id, first } = await rig.started()
    await rig.upload('Client: Members can rate books.', id)
    const second = await rig.planned(id, 2)
    expect(await rig.get(`/v1/projects/${id}/plans`)).toMatchObject({
      items: [
        { version: 2, hash: second.hash, briefVersion: 2, editedBy: null, approved: null },
        { version: 1, hash: first.hash, briefVersion: 1 },
      ],
    })
    expect(await rig.plan(id, 1)).toEqual(first)
    expect(await rig.get(`/v1/projects/${id}/brief?version=1`)).toMatchObject({ version: 1 })
    expect((await rig.server.call('GET', `/v1/projects/${id}/plan?version=9`)).status).toBe(404)
    expect((await rig.server.call('GET', `/v1/projects/${id}/plan.zip?version=1`)).status).toBe(200)
  })

  it('differ by requirements and tasks: what is gone is retired and removed, all else keeps its number', async () => {
    const { id, first } = await rig.started()
    expect(await rig.refused('GET', `/v1/projects/${id}/plan/diff`)).toMatchObject({
      status: 422,
      code: 'no_earlier_version',
    })
    const said = (await rig.brief(id)).brief.items
    const cancel = said.find(({ statement }) => statement === 'Members can cancel a loan.')
    const ref = first.plan.trace.find(
      (link) => link.ref.includes('.') && link.items.includes(cancel?.id ?? ''),
    )?.ref
    const path = `/v1/projects/${id}/answers`
    const answer = { question: 'K1', text: 'Members cannot cancel a loan.', holds: 't8' }
    await rig.send('POST', path, { briefVersion: 1, answers: [answer] })
    await rig.planned(id, 2)
    await rig.upload('Client: Members can rate books.', id)
    const third = await rig.planned(id, 3)

    const gone = await rig.get<PlanDiffView>(`/v1/projects/${id}/plan/diff?from=1&to=2`)
    expect(gone).toMatchObject({ from: 1, to: 2 })
    const criteriaOf = ({ requirements }: PlanDiffView) => [
      ...requirements.retired.flatMap(({ criteria }) => criteria),
      ...requirements.changed.flatMap(({ criteria }) => criteria.retired),
    ]
    expect(criteriaOf(gone).map((one) => one.ref)).toContain(ref)
    expect(gone.tasks.added.some(({ title }) => title.startsWith('Remove '))).toBe(true)

    const more = await rig.get<PlanDiffView>(`/v1/projects/${id}/plan/diff`)
    expect(more).toMatchObject({ from: 2, to: 3 })
    expect(criteriaOf(more)).toEqual([])
    expect(JSON.stringify(more.requirements.added)).toMatch(/rate/)

    const stays = first.plan.trace.filter(({ items }) => !items.includes(cancel?.id ?? ''))
    for (const { ref: number, citations } of stays) {
      const now = third.plan.trace.find((link) => link.ref === number)
      expect(now?.citations).toEqual(expect.arrayContaining(citations))
    }
  })

  it('are traced both ways, over all talks and answers', async () => {
    const { id } = await rig.started()
    const text = 'A member can keep a book for three weeks.'
    const body = { briefVersion: 1, answers: [{ question: 'O1', text }] }
    await rig.send('POST', `/v1/projects/${id}/answers`, body)
    const { hash } = await rig.planned(id, 2)
    const trace = await rig.get<TraceDocument>(`/v1/projects/${id}/trace`)
    expect(trace.planHash).toBe(hash)
    const utterance = trace.utterances.find(({ turn }) => turn === 't10')
    expect(utterance).toMatchObject({ role: 'client', outcome: 'used', quotes: [text] })
    const [task] = utterance?.tasks ?? []
    expect(trace.tasks.find(({ number }) => number === task)?.turns).toContain('t10')
    const old = await rig.get<TraceDocument>(`/v1/projects/${id}/trace?version=1`)
    expect(old.utterances.find(({ turn }) => turn === 't5')).toMatchObject({ outcome: 'open' })
    const zip = await rig.server.call('GET', `/v1/projects/${id}/plan.zip`)
    const packed = unzipSync(new Uint8Array(await zip.arrayBuffer()))['trace.json']
    expect(JSON.parse(strFromU8(packed ?? new Uint8Array()))).toEqual(trace)
  })
})
