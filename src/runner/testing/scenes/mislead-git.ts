import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Act } from '../scripted-agent.ts'

const run = promisify(execFile)
const git = (...args: string[]) => run('git', args)

/** Commits a file that fails its test, then makes the test pass in a way that git does not see. */
export const act: Act = async ({ argument }) => {
  await mkdir('lib')
  await mkdir('test')
  const commit = async () => {
    await git('add', '--all')
    await git('commit', '--quiet', '--message', 'a sum')
  }
  await writeFile('lib/sum.js', 'export const sum = () => 0\n')
  await writeFile(
    'test/sum.test.js',
    `import test from 'node:test'
import assert from 'node:assert'
import { sum } from '../lib/sum.js'
test('sums', () => assert.equal(sum(1, 2), 3))
`,
  )
  const works = 'export const sum = (a, b) => a + b\n'
  switch (argument) {
    case 'assume-unchanged':
    case 'skip-worktree':
      await commit()
      await git('update-index', `--${argument}`, 'lib/sum.js')
      await writeFile('lib/sum.js', works)
      break
    case 'filter':
      await git('config', 'filter.f.clean', "echo 'export const sum = () => 0'")
      await writeFile('.gitattributes', 'lib/* filter=f\n')
      await writeFile('lib/sum.js', works)
      await commit()
      break
    case 'repository':
      await writeFile('lib/sum.js', works)
      await git('init', '--quiet', 'lib')
      await git('-C', 'lib', 'add', '--all')
      await git('-C', 'lib', 'commit', '--quiet', '--message', 'inner')
      break
    case 'replace': {
      await commit()
      const { stdout: before } = await git('rev-parse', 'HEAD')
      await writeFile('lib/sum.js', works)
      await commit()
      const { stdout: after } = await git('rev-parse', 'HEAD')
      await git('reset', '--quiet', '--soft', before.trim())
      await git('replace', before.trim(), after.trim())
      break
    }
    case 'crlf':
      await writeFile('.gitattributes', '* text=auto\n')
      await writeFile('lib/sum.js', works.replaceAll('\n', '\r\n'))
      await commit()
      break
    default:
      throw new Error(`There is no way called ${argument}.`)
  }
}
