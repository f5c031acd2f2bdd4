import { mkdir, writeFile } from 'node:fs/promises'
import type { Act } from '../scripted-agent.ts'

/** Writes code that a test needs, and keeps it out of every commit. */
export const act: Act = async () => {
  await mkdir('lib')
  await mkdir('test', { recursive: true })
  await writeFile('.gitignore', 'lib/\n')
  await writeFile('lib/sum.js', 'export const sum = (a, b) => a + b\n')
  await writeFile(
    'test/sum.test.js',
    `import test from 'node:test'
import assert from 'node:assert'
test('sums', async () => assert.equal((await import('../lib/sum.js')).sum(1, 2), 3))
`,
  )
}
