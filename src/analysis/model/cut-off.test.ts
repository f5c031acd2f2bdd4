import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { ModelUsage } from '../../model/language-model.ts'
import { modelAt, ways } from '../../model/testing/harness.ts'
import type { Reply } from '../../model/testing/model-server.ts'
import { serveModels } from '../../model/testing/serve-models.ts'
import type { ReadRequest } from '../../model/testing/wire-formats.ts'
import { answered, answeredItem } from '../testing/answers.ts'
import { turnsOf } from '../testing/expected-talk.ts'
import { createModelAnalyst } from './analyst.ts'

const server = serveModels()

/** A talk of sixty wishes, some thousand tokens long. */
const turns = turnsOf(
  Array.from(
    { length: 60 },
    (_, at) => `C: Members must see list number ${at + 1} of the library, please.`,
  ),
)

const Part = z.object({
  part: z.number(),
  parts: z.number(),
  turns: z.array(z.object({ id: z.string(), text: z.string() })),
})

function partOf({ turns: [first] }: Pick<ReadRequest, 'turns'>): z.infer<typeof Part> {
  return Part.parse(JSON.parse(first?.text ?? ''))
}

/** An honest answer to a part: an item for each turn. */
const honest: Reply = {
  kind: 'made',
  make: (request) => ({
    kind: 'text',
    text: JSON.stringify(
      answered({
        items: partOf(request).turns.map(({ id, text }) =>
          answeredItem(text.replace(/, please\.$/, '.'), [`${id}: ${text}`]),
        ),
      }),
    ),
  }),
}
const cutOff: Reply = { kind: 'cut_off', text: '{"title":"Library Loa' }
const compared: Reply = {
  kind: 'text',
  text: JSON.stringify({ same: [], replaced: [], contradictions: [], title: '', summary: '' }),
}

function analysed(way: string) {
  const used: ModelUsage[] = []
  const meter = { onCall: async () => async (usage: ModelUsage) => void used.push(usage) }
  const analyst = createModelAnalyst({ model: modelAt(server(), way), needs: () => [] })
  return { used, brief: analyst.analyse({ turns }, undefined, meter) }
}

const ids = ({ turns }: z.infer<typeof Part>) => turns.map(({ id }) => id)

describe.each(ways)('an answer of %s that has no room', (way) => {
  it('has its part read in two, and nothing of the talk is lost', async () => {
    server().reply(cutOff, honest, honest, honest, compared)
    const { brief, used } = analysed(way)
    const { items, manifest, ledger } = await brief
    const [whole, ...smaller] = server().requests.slice(0, -1).map(partOf)
    expect(whole && ids(whole)).toEqual(turns.map(({ id }) => id))
    expect(new Set(smaller.flatMap(ids))).toEqual(new Set(turns.map(({ id }) => id)))
    for (const part of smaller) expect(part.turns.length).toBeLessThan(40)
    // An answer to a question that the cut would part from it is read with it.
    expect(smaller[0] && ids(smaller[0])).toContain(smaller[1]?.turns[0]?.id)
    expect(items).toHaveLength(60)
    expect(ledger.map(({ outcome }) => outcome)).toEqual(turns.map(() => 'used'))
    expect(manifest?.parameters).toMatchObject({ parts: smaller.length })
    expect(used.map(({ outcome }) => outcome)).toEqual([
      'cut_off',
      ...smaller.map(() => 'used'),
      'used',
    ])
  })
})

describe('a model that never has room', () => {
  const [way] = ways

  it('is asked four times at most, and the error says what to do', async () => {
    server().reply(cutOff, cutOff, cutOff, cutOff, honest)
    const { brief } = analysed(way)
    await expect(brief).rejects.toMatchObject({ code: 'model_cut_off', retryable: false })
    const lengths = server().requests.map((request) => partOf(request).turns.length)
    expect(lengths).toHaveLength(4)
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a))
  })

  it('is not asked again for a talk that is too short to be cut', async () => {
    server().reply(cutOff, honest)
    const model = modelAt(server(), way)
    const analyst = createModelAnalyst({ model, needs: () => [] })
    const short = analyst.analyse({ turns: turns.slice(0, 3) })
    await expect(short).rejects.toMatchObject({ code: 'model_cut_off' })
    expect(server().requests).toHaveLength(1)
  })

  it('for comparing the parts leaves what they gave, and a person is told', async () => {
    server().reply(cutOff, honest, honest, honest, cutOff)
    const { items, openQuestions, manifest } = await analysed(way).brief
    expect(items).toHaveLength(60)
    expect(manifest?.parameters).toMatchObject({ parts: 3, uncompared: 3 })
    expect(openQuestions).toMatchObject([{ question: expect.stringContaining('repeat') as string }])
  })
})
