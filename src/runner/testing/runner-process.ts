import { runRunner } from '../main.ts'
import { scriptedConfig } from './rig.ts'

/** A runner in a process of its own, for tests that kill it: prints its URL as one line. */

const [root = '', script = '', argument = ''] = process.argv.slice(2)
const runner = await runRunner(scriptedConfig(root, script, argument), new AbortController().signal)
process.stdout.write(`${runner.url}\n`)
