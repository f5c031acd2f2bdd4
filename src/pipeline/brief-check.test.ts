import { expect, test } from 'vitest'
import { createOfflineAnalyst } from '../analysis/offline/analyst.ts'
import type { Brief } from '../domain/brief.ts'
import type { Turn } from '../domain/turn.ts'
import { checkEvidence } from './brief-check.ts'

const turns: Turn[] = [
  {
    id: 't1',
    speaker: 'Client',
    role: 'client',
    text: 'We need an app where members can book rooms. Each room has a name.',
  },
]

async function briefWith(change: Partial<Brief['items'][number]>): Promise<Brief> {
  const brief = await createOfflineAnalyst().analyse({ turns }, new AbortController().signal)
  const [item, ...others] = brief.items
  if (item === undefined) throw new Error('The brief is empty.')
  return { ...brief, items: [{ ...item, ...change }, ...others] }
}

test('takes a brief whose quotes were said', async () => {
  const brief = await briefWith({})
  expect(() => checkEvidence(brief, turns)).not.toThrow()
})

test('refuses a brief with a quote that was not said', async () => {
  const brief = await briefWith({ citations: [{ turn: 't1', quote: 'words that nobody said' }] })
  expect(() => checkEvidence(brief, turns)).toThrow(
    expect.objectContaining({ code: 'citation_not_verbatim' }),
  )
})

test('refuses a brief with an item that neither cites nor says that it is inferred', async () => {
  const brief = await briefWith({ citations: [] })
  expect(() => checkEvidence(brief, turns)).toThrow(
    expect.objectContaining({ code: 'item_without_evidence' }),
  )
})
