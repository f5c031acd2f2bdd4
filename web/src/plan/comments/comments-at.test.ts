import { expect, it } from 'vitest'
import type { CommentView } from '../../../../src/http/comment-views.ts'
import { commentsAt } from './comments-at.ts'

const on = (id: string, document: CommentView['document'], ref: string): CommentView => ({
  id,
  document,
  ref,
  planVersion: 1,
  quote: 'q',
  body: 'b',
  author: 'u',
  createdAt: '2026-05-01T10:00:00.000Z',
  resolved: null,
})

it('finds the comments of each line, and keeps those whose line is gone', () => {
  const content = '## Tasks\n\n- [ ] 1. Begin\n- [ ] 2. End\n'
  const comments = [on('a', 'tasks.md', '2'), on('b', 'tasks.md', '9'), on('c', 'design.md', '2')]
  const { lines, lost } = commentsAt('tasks.md', content, comments)
  expect(lines.map(({ anchor, comments: said }) => [anchor.ref, said.map(({ id }) => id)])).toEqual(
    [
      ['1', []],
      ['2', ['a']],
    ],
  )
  expect(lost.map(({ id }) => id)).toEqual(['b'])
})
