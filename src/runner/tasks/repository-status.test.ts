import { expect, test } from 'vitest'
import { readStatus } from './repository-status.ts'

test('reads where the repository stands, and every path as it is', () => {
  const output = [
    '# branch.oid 0123abc',
    '# branch.head main',
    '1 .M N... 100644 100644 100644 aaaa bbbb a file with blanks.txt',
    'u UU N... 100644 100644 100644 100644 a b c both.txt',
    '? new\nline.txt',
    '? inner/',
    '! node_modules/',
    '',
  ].join('\0')
  expect(readStatus(output)).toEqual({
    head: '0123abc',
    branch: 'main',
    changed: ['a file with blanks.txt', 'both.txt', 'new\nline.txt', 'inner/'],
    ignored: ['node_modules/'],
  })
})
