// Builds the page when its sources have changed since it was last built, so that a warm start
// does not wait for it.
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const out = join('dist', 'page')
const mark = join(out, '.sources')

function sourcesHash(): string {
  const hash = createHash('sha256')
  const files = globSync(
    [
      'web/**/*',
      'client/*.ts',
      'examples/sample/*',
      'src/http/*views.ts',
      'src/{domain,kiro}/**/*.ts',
      'package-lock.json',
    ],
    {
      withFileTypes: true,
    },
  )
  const paths = files
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
  for (const path of paths.sort()) hash.update(path).update('\0').update(readFileSync(path))
  return hash.digest('hex')
}

const wanted = sourcesHash()
if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) {
  process.stderr.write('Building the page …\n')
  // Only a page that has to be built pays for loading its builder.
  const { build } = await import('vite')
  await build({ configFile: join('web', 'vite.config.ts'), logLevel: 'warn' })
  writeFileSync(mark, wanted)
}
