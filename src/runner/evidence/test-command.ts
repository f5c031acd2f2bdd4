import { z } from 'zod'
import { readConfined } from '../workspace/confined-files.ts'

const PackageJson = z.object({ scripts: z.record(z.string(), z.string()).optional() })

const maxPackageBytes = 1024 * 1024

export interface TestCommand {
  command: string
  args: string[]
  /** What is written to the results file; absent when only the printed output tells of the tests. */
  report?: 'tap' | 'json'
}

/** Scripts that succeed whatever the code does. */
const testsNothing = /^(?:true|:|exit 0|echo(?: [^&|;]*)?)$/

/**
 * How a package's `test` script is run, or undefined when there is none. A plain `node --test` needs no
 * npm and no shell. Node's runner, Vitest and Jest are asked for a report at `resultsFile`, so that what
 * tests print is not taken for what they show; everything else is npm's business.
 */
export function testCommand(
  packageJson: string,
  node: string,
  resultsFile: string,
): TestCommand | undefined {
  const scripts = PackageJson.safeParse(parseJson(packageJson)).data?.scripts ?? {}
  const script = scripts.test?.trim()
  if (!script || testsNothing.test(script)) return undefined
  const words = script.split(' ')
  if (/^node( [\w./:=@,-]+)*$/.test(script) && !scripts.pretest && !scripts.posttest) {
    return plainNode(words.slice(1), node, resultsFile)
  }
  const args = ['test', '--silent']
  const reported = reportArguments(script, resultsFile)
  return reported
    ? { command: 'npm', args: [...args, '--', ...reported], report: 'json' }
    : { command: 'npm', args }
}

function plainNode(args: readonly string[], command: string, resultsFile: string): TestCommand {
  const at = args.indexOf('--test')
  const reports = args.some((arg) => arg.startsWith('--test-reporter'))
  if (at < 0 || reports) return { command, args: [...args] }
  const reporters = [
    ['spec', 'stdout'],
    ['tap', resultsFile],
  ].flatMap(([reporter, destination]) => [
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${destination}`,
  ])
  return { command, args: [...args.slice(0, at), ...reporters, ...args.slice(at)], report: 'tap' }
}

/** What npm adds to a script whose last command is Vitest or Jest. */
function reportArguments(script: string, resultsFile: string): string[] | undefined {
  const last = /(?:^|&&|;) *(?:npx )?(vitest|jest)((?: [^\s&|;<>]+)*)$/.exec(script)
  if (last?.[1] === 'jest') return ['--json', `--outputFile=${resultsFile}`]
  if (last?.[1] !== 'vitest') return undefined
  const once = /(?:^| )(?:run|--run)(?= |$)/.test(last[2] ?? '') ? [] : ['--run']
  return [...once, '--reporter=default', '--reporter=json', `--outputFile.json=${resultsFile}`]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The test command of a workspace; undefined when it has no package.json with a test script. */
export async function findTestCommand(
  workspace: string,
  resultsFile: string,
): Promise<TestCommand | undefined> {
  const text = await readConfined(workspace, 'package.json', maxPackageBytes).catch(() => '')
  return testCommand(text.toString(), process.execPath, resultsFile)
}
