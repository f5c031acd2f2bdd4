import { describe, expect, it } from 'vitest'
import { jobOf } from '../../domain/job.ts'
import { turnsOf } from '../testing/expected-talk.ts'
import { createOfflineAnalyst } from './analyst.ts'

const analyst = createOfflineAnalyst()
const briefOf = (...lines: string[]) => analyst.analyse({ turns: turnsOf(lines) })

describe('a talk about a product that is in use', () => {
  it.each([
    [
      'We already have a portal for our tenants, it has been live since 2022.',
      'The product is in use: the business already has a portal for the tenants, it has been live since 2022.',
    ],
    [
      'My partner wrote it two years ago in Go, and forty kitchens use it every day.',
      'The product is in use: the partner wrote it two years ago in Go, and forty kitchens use it every day.',
    ],
  ])('is a change and says so with its quote: %s', async (said, statement) => {
    const brief = await briefOf(
      'A: Tell me about it.',
      `C: ${said}`,
      'A: What should be different?',
      'C: Tenants should be able to upload a photo.',
    )
    expect(jobOf(brief)).toBe('change')
    expect(brief.items.find(({ kind }) => kind === 'constraint')).toMatchObject({
      statement,
      citations: [{ turn: 't2', quote: said }],
    })
    expect(brief.items.map((item) => item.statement)).toContain('Tenants can upload a photo.')
  })

  it('asks for nothing again that the product does already', async () => {
    const brief = await briefOf(
      'A: How does it work?',
      'C: We already have an app for the crews. The crew leader opens a job and takes a photo.',
      'A: And what is missing?',
      'C: Crew leaders need to see the address on a map.',
    )
    const asked = brief.items.filter(({ kind }) => kind === 'requirement')
    expect(asked.map(({ statement }) => statement)).toEqual([
      'Crew leaders can see the address on a map.',
    ])
  })

  it('is a new product where the old one is to go', async () => {
    const brief = await briefOf(
      'A: Tell me about it.',
      'C: We already have an app, it was built by an agency, but we want to start from scratch.',
      'A: What should it do?',
      'C: Members should be able to book a court.',
    )
    expect(jobOf(brief)).toBe('new')
    expect(brief.items.map(({ statement }) => statement).join()).not.toContain('in use')
  })
})
