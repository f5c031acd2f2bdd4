import { expect, test } from 'vitest'
import { testCommand } from './test-command.ts'

const command = (scripts: object) =>
  testCommand(JSON.stringify({ scripts }), '/bin/node', '/home/results')

const npm = { command: 'npm', args: ['test', '--silent'] }

test('runs node:test without npm, with a report of its own', () => {
  expect(command({ test: 'node --test test/a.js' })).toEqual({
    command: '/bin/node',
    args: [
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      '--test-reporter-destination=/home/results',
      '--test',
      'test/a.js',
    ],
    report: 'tap',
  })
})

test('runs other plain node scripts as they are', () => {
  expect(command({ test: 'node test/all.js' })).toEqual({
    command: '/bin/node',
    args: ['test/all.js'],
  })
  const own = 'node --test --test-reporter=dot'
  expect(command({ test: own })?.args).toEqual(['--test', '--test-reporter=dot'])
})

test.each(['node --test; rm -rf x', 'node --test "a b"', 'node $(x)', 'mocha', 'vitest | tee x'])(
  'leaves %s to npm',
  (script) => {
    expect(command({ test: script })).toEqual(npm)
  },
)

test.each([
  ['vitest run', ['--reporter=default', '--reporter=json', '--outputFile.json=/home/results']],
  [
    'tsc && npx vitest',
    ['--run', '--reporter=default', '--reporter=json', '--outputFile.json=/home/results'],
  ],
  ['jest --ci', ['--json', '--outputFile=/home/results']],
])('asks %s for a report', (script, more) => {
  expect(command({ test: script })).toEqual({
    command: 'npm',
    args: ['test', '--silent', '--', ...more],
    report: 'json',
  })
})

test.each(['true', ':', 'exit 0', 'echo', 'echo "no tests yet"'])(
  'takes %s for no test script',
  (script) => {
    expect(command({ test: script })).toBeUndefined()
  },
)

test('knows no command without a test script', () => {
  expect(command({ test: 'echo a && mocha' })).toEqual(npm)
  expect(command({ test: 'node --test', pretest: 'x' })).toEqual(npm)
  expect(command({ build: 'x' })).toBeUndefined()
  expect(testCommand('not json', '/bin/node', '/home/results')).toBeUndefined()
})
