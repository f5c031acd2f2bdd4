import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evidenceFrom } from '../criteria-evidence.ts'
import { readJsonReport } from './json-report.ts'
import { countTests, readPrinted, saysSomething } from './printed.ts'
import { readTap } from './tap.ts'
import type { TestCase } from './test-results.ts'

const suite = `import test, { describe, it } from 'node:test'
import assert from 'node:assert'
test('1.1 shows # the \\\\ books', () => {})
test('1.2 fails', () => assert.fail('\\nok 1 - 9.1 told in a message\\n...\\nok 2 - 9.2 told behind it'))
test('1.3 is left out', { skip: true }, () => {})
test('1.4 is to do', { todo: true }, () => assert.fail('not yet'))
test('[1.5] is in brackets', () => console.log('ok 99 - 9.3 printed\\nnot ok 100 - 1.1 printed'))
describe('2.1 is a suite', () => {
  it('holds', () => {})
  it('2.2 fails in it', () => assert.fail('no'))
})
`

const refs = ['1.1', '1.2', '1.3', '1.4', '1.5', '2.1', '2.2', '9.1', '9.2', '9.3']

const results = (cases: readonly TestCase[] | undefined) =>
  Object.fromEntries(evidenceFrom(refs, cases ?? []).map(({ ref, result }) => [ref, result]))

/** What the reporters of the Node that runs this say of the suite above. */
async function runSuite() {
  const folder = await mkdtemp(path.join(tmpdir(), 'talkwright-results-'))
  try {
    await writeFile(path.join(folder, 'package.json'), '{"type":"module"}')
    await writeFile(path.join(folder, 'a.test.js'), suite)
    const reporters = ['spec', 'stdout', 'tap', 'results'].map((value, index) =>
      index % 2 === 0 ? `--test-reporter=${value}` : `--test-reporter-destination=${value}`,
    )
    const printed = await new Promise<string>((resolve) => {
      execFile(process.execPath, ['--test', ...reporters], { cwd: folder }, (_, stdout) =>
        resolve(stdout),
      )
    })
    const tap = await readFile(path.join(folder, 'results'), 'utf8')
    return { printed: printed.split('\n'), tap: tap.split('\n') }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test('reads what node:test reports, and nothing that tests print or say in errors', async () => {
  const { tap, printed } = await runSuite()
  const told = {
    '1.1': 'passed',
    '1.2': 'failed',
    '1.3': 'not_shown',
    '1.4': 'not_shown',
    '1.5': 'passed',
    '2.1': 'failed',
    '2.2': 'failed',
    '9.1': 'not_shown',
    '9.2': 'not_shown',
    '9.3': 'not_shown',
  }
  expect(results(readTap(tap))).toEqual(told)
  expect(results(readPrinted(printed.filter(saysSomething)))).toEqual(told)
  expect(countTests(tap)).toEqual(countTests(printed))
  expect(countTests(tap)).toEqual({ passed: 3, failed: 2 })
  const [shown] = evidenceFrom(['1.1'], readTap(tap))
  expect(shown?.test).toBe('1.1 shows # the \\ books')
})

test('reads the JSON report of Vitest and Jest with the suites around a test', () => {
  const report = {
    numPassedTests: 1,
    numFailedTests: 1,
    testResults: [
      {
        assertionResults: [
          { ancestorTitles: ['Books', '1.1 are kept'], title: 'by title', status: 'passed' },
          { ancestorTitles: [], title: '[1.2] are lent', status: 'failed' },
          { ancestorTitles: [], title: '1.3 are lost', status: 'pending' },
        ],
      },
    ],
  }
  const read = readJsonReport(JSON.stringify(report))
  expect(read?.counts).toEqual({ passed: 1, failed: 1 })
  expect(evidenceFrom(['1.1', '1.2', '1.3'], read?.cases ?? [])).toEqual([
    { ref: '1.1', result: 'passed', test: 'Books > 1.1 are kept > by title' },
    { ref: '1.2', result: 'failed', test: '[1.2] are lent' },
    { ref: '1.3', result: 'not_shown' },
  ])
  expect(readJsonReport('{"numPassedTests":1}')).toBeUndefined()
  expect(readJsonReport('[')).toBeUndefined()
})

test('reads what the Vitest that runs this reports', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'talkwright-results-'))
  try {
    const packages = path.resolve('node_modules')
    await symlink(packages, path.join(folder, 'node_modules'))
    await writeFile(path.join(folder, 'package.json'), '{"type":"module"}')
    await writeFile(
      path.join(folder, 'a.test.js'),
      `import { describe, expect, test } from 'vitest'
describe('1.1 books', () => { test('are kept', () => {}) })
test('1.2 are lent', () => expect(1).toBe(2))
test.skip('1.3 are lost', () => {})
`,
    )
    const program = path.join(packages, 'vitest', 'vitest.mjs')
    const report = path.join(folder, 'report')
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    await new Promise<void>((resolve) => {
      execFile(process.execPath, [program, ...args], { cwd: folder }, () => resolve())
    })
    const read = readJsonReport(await readFile(report, 'utf8'))
    expect(read?.counts).toEqual({ passed: 1, failed: 1 })
    expect(evidenceFrom(['1.1', '1.2', '1.3'], read?.cases ?? [])).toEqual([
      { ref: '1.1', result: 'passed', test: '1.1 books > are kept' },
      { ref: '1.2', result: 'failed', test: '1.2 are lent' },
      { ref: '1.3', result: 'not_shown' },
    ])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('takes several tests of a criterion together, the failed one first', () => {
  const cases: TestCase[] = [
    { titles: ['1.1 one'], outcome: 'passed' },
    { titles: ['1.1: two'], outcome: 'failed' },
    { titles: ['1.10 another'], outcome: 'passed' },
    { titles: ['1.2.3 is no criterion'], outcome: 'passed' },
    { titles: ['1.25s is a time'], outcome: 'passed' },
  ]
  expect(evidenceFrom(['1.1', '1.2', '1.25'], cases)).toEqual([
    { ref: '1.1', result: 'failed', test: '1.1: two' },
    { ref: '1.2', result: 'not_shown' },
    { ref: '1.25', result: 'not_shown' },
  ])
})

test('says nothing of outputs that it does not know', () => {
  expect(readPrinted(['all is well', '3 passing'].filter(saysSomething))).toBeUndefined()
})

test('counts by the last summary', () => {
  expect(countTests(['ℹ pass 1', 'ℹ pass 7', 'ℹ fail 2', 'ℹ cancelled 1'])).toEqual({
    passed: 7,
    failed: 3,
  })
  expect(countTests(['# pass 3', '# fail 0', 'the pass 9 lines'])).toEqual({ passed: 3, failed: 0 })
  expect(countTests([])).toEqual({ passed: 0, failed: 0 })
})

test('bounds whatever it is given', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('  ---', '  ...', 'TAP version 13', 'ok 1 - 1.1 x # SKIP', '✔ 1.1 x (1ms)'),
  )
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      for (const cases of [readTap(lines), readPrinted(lines) ?? []]) {
        expect(cases.length).toBeLessThanOrEqual(lines.length)
        for (const { test: name } of evidenceFrom(['1.1'], cases)) {
          expect((name ?? '').length).toBeLessThanOrEqual(300)
        }
      }
      readJsonReport(lines.join('\n'))
    }),
  )
})
