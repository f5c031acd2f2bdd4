// Fails when a source file has grown beyond what one concept needs, and says what the median is.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const maxLines = 400
const listed = execFileSync(
  'git',
  [
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    '*.ts',
    '*.tsx',
    '*.mjs',
    '*.sql',
    '*.css',
  ],
  { encoding: 'utf8' },
)
const sizes = listed
  .split('\n')
  .filter((file) => file !== '')
  .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length }))
  .sort((a, b) => a.lines - b.lines)
const isTest = (file: string) => /\.test\.tsx?$/.test(file)
const sources = sizes.filter(({ file }) => !isTest(file))
const median = sources[Math.floor(sources.length / 2)]?.lines ?? 0
const long = sizes.filter(({ file, lines }) => lines > maxLines && !isTest(file))

console.log(`${sources.length} source files, median ${median} lines`)
for (const { file, lines } of long) console.error(`${file} has ${lines} lines; ${maxLines} at most`)
if (long.length > 0) process.exitCode = 1
