import { runRunner, type RunnerConfig } from '../main.ts'
import { scriptedConfig } from './rig.ts'

/**
 * A runner in a process of its own, for tests that kill it: prints its URL as one line. A fourth
 * argument changes its configuration, as JSON.
 */

const [root = '', script = '', argument = '', change = '{}'] = process.argv.slice(2)
const changed = JSON.parse(change) as Partial<RunnerConfig>
const config = { ...scriptedConfig(root, script, argument), ...changed }
const runner = await runRunner(config, new AbortController().signal)
process.stdout.write(`${runner.url}\n`)
