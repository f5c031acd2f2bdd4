import { tetherDescriptor } from '../process/child-process.ts'

/**
 * A watcher beside the program waits for the end of the tether, then ends their group. The words of
 * the program are parameters, which the shell does not read as code.
 */
const script = [
  `(read -r _ <&${tetherDescriptor}; kill -s KILL 0) </dev/null >/dev/null 2>&1 3>&- &`,
  `exec ${tetherDescriptor}<&-`,
  'exec "$@"',
].join('\n')

/**
 * A sandbox that ends when the runner does, whenever that is: bubblewrap's `--die-with-parent` takes
 * hold only once the sandbox stands, and a runner that is killed before would leave an orphan.
 */
export function tethered(
  file: string,
  args: readonly string[],
): { command: string; args: string[] } {
  return { command: '/bin/sh', args: ['-c', script, 'tether', file, ...args] }
}
