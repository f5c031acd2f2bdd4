import { mkdir, writeFile } from 'node:fs/promises'
import type { Act } from '../scripted-agent.ts'

/**
 * Keeps a folder out of the commit, and has a test put a link to the folder of its argument where the
 * way to it was.
 */
export const act: Act = async ({ argument }) => {
  await mkdir('way/inner', { recursive: true })
  await mkdir('test', { recursive: true })
  await writeFile('.gitignore', 'inner/\n')
  await writeFile('way/kept.txt', '')
  await writeFile('way/inner/planted', 'by the agent')
  await writeFile(
    'test/way.test.js',
    `import test from 'node:test'
import { rm, symlink } from 'node:fs/promises'
test('leads the way out', async () => {
  await rm('way', { recursive: true })
  await symlink(${JSON.stringify(argument)}, 'way')
})
`,
  )
}
