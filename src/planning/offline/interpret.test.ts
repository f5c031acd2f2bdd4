import { expect, it } from 'vitest'
import type { BriefItem } from '../../domain/brief.ts'
import { parseDataModels } from '../../kiro/data-models.ts'
import { interpret } from './interpret.ts'

const entities = parseDataModels(`### Book

| Field | Type | Required | Notes |
| --- | --- | --- | --- |
| title | text | yes |  |
| firstAuthor | text | yes |  |
`)

function search(rest: string): BriefItem {
  return {
    id: 'R1',
    kind: 'requirement',
    statement: `Members can search books ${rest}.`,
    priority: { level: 'must', reason: 'said' },
    citations: [],
    clause: { actor: 'member', verb: 'search', object: 'book', rest, negated: false },
  }
}

it.each(['by title', 'by first author', 'by title or first author', 'by title, first author'])(
  'takes a search %s for a search in the entity’s fields',
  (rest) => {
    expect(interpret(search(rest), entities)).toEqual({ kind: 'search', entity: 'Book' })
  },
)

it.each(['by colour', 'by title and mood', 'near me'])(
  'takes a search %s for more than that',
  (rest) => {
    expect(interpret(search(rest), entities)).toBeUndefined()
  },
)
