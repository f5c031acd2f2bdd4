import type { BuildFolder } from '../builds/build-folder.ts'
import type { NetworkAccess } from '../egress/allowed-hosts.ts'
import type { StartProgram } from '../process/child-process.ts'

/** What keeps the processes of a build in: the system, or nothing. */
export type SandboxState =
  | { kind: 'bubblewrap'; version: string }
  /** `reason` says why, and what can be done about it. */
  | { kind: 'none'; reason: string }

/** What of the machine a build's programs see, besides the system's own programs. */
export interface Exposed {
  /** Files and folders that they may read. */
  readable: readonly string[]
  /** Programs, by name or path, that may lie outside of the system's folders. */
  programs: readonly string[]
  /** What they may connect to; nothing unless named. */
  network?: NetworkAccess
}

/** The only way out of a sandbox: a proxy's socket. */
export interface Door {
  folder: string
  /** The socket's name in the folder. */
  socket: string
  /** Ports of the machine's loopback address that lead out as well. */
  ports: readonly number[]
}

/** Where the programs of builds run. */
export interface Sandbox {
  readonly state: SandboxState
  /** Starts programs of this build, so that they reach nothing but the build. */
  inside(folder: BuildFolder, exposed?: Exposed, door?: Door): StartProgram
  /** Ends what the build's programs left behind; a sandbox leaves nothing. */
  clear(buildId: string): Promise<void>
}
