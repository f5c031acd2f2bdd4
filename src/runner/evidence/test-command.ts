import { z } from 'zod'
import { readConfined } from '../workspace/confined-files.ts'

const PackageJson = z.object({ scripts: z.record(z.string(), z.string()).optional() })

const maxPackageBytes = 1024 * 1024

export interface TestCommand {
  command: string
  args: string[]
}

/**
 * How a package's `test` script is run, or undefined when there is none. A plain `node …` script
 * needs no npm and no shell; everything else is npm's business.
 */
export function testCommand(packageJson: string, node: string): TestCommand | undefined {
  const scripts = PackageJson.safeParse(parseJson(packageJson)).data?.scripts ?? {}
  const script = scripts.test?.trim()
  if (!script) return undefined
  const plain = /^node( [\w./:=@,-]+)*$/.test(script) && !scripts.pretest && !scripts.posttest
  return plain
    ? { command: node, args: script.split(' ').slice(1) }
    : { command: 'npm', args: ['test', '--silent'] }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The test command of a workspace; undefined when it has no package.json with a test script. */
export async function findTestCommand(workspace: string): Promise<TestCommand | undefined> {
  const text = await readConfined(workspace, 'package.json', maxPackageBytes).catch(() => '')
  return testCommand(text.toString(), process.execPath)
}
