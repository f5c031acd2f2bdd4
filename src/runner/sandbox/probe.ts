import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { wallArguments, type Bubblewrap } from './bubblewrap.ts'
import { findProgram } from './find-program.ts'

const run = promisify(execFile)
const timeoutMs = 10_000

/** What this machine has to keep builds in. */
export type Probed =
  | { type: 'works'; bubblewrap: Bubblewrap }
  /** Why there is no sandbox, and what can be done about it. */
  | { type: 'missing'; reason: string }

const install =
  'bubblewrap is not installed. Install it: apt-get install bubblewrap, dnf install bubblewrap or apk add bubblewrap.'

/** Linux alone has the namespaces. */
const otherSystem =
  'On this system Talkwright has no sandbox. Run the runner on Linux, or in a Linux container or virtual machine.'

function lastWords(error: unknown): string {
  const { stderr } = error as { stderr?: unknown }
  const said = typeof stderr === 'string' ? stderr.trim() : ''
  return (said || String(error)).slice(0, 300)
}

/** Why bubblewrap may be there and still not work. */
function explain(said: string): string {
  return `bubblewrap cannot open a sandbox here (${said}). Unprivileged user namespaces have to be allowed: see docs/sandbox.md.`
}

/** Tries bubblewrap out by starting a program in it, and gives what it can do or why it cannot. */
export async function probeSandbox(
  searchPath: string,
  platform: NodeJS.Platform = process.platform,
): Promise<Probed> {
  if (platform !== 'linux') return { type: 'missing', reason: otherSystem }
  const found = findProgram('bwrap', searchPath)
  if (found === undefined) return { type: 'missing', reason: install }
  const options = { env: { PATH: searchPath }, timeout: timeoutMs }
  const opens = async (disablesNamespaces: boolean) =>
    run(found.file, [...wallArguments(disablesNamespaces), '--', 'true'], options)
  try {
    const version = (await run(found.file, ['--version'], options)).stdout.trim()
    const disablesNamespaces = await opens(true).then(
      () => true,
      () => false,
    )
    if (!disablesNamespaces) await opens(false)
    return { type: 'works', bubblewrap: { file: found.file, version, disablesNamespaces } }
  } catch (error) {
    return { type: 'missing', reason: explain(lastWords(error)) }
  }
}
