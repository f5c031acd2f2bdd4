import { existsSync, mkdirSync } from 'node:fs'
import type { BuildFolder } from '../builds/build-folder.ts'
import { notStarted, startGroup, type ProcessSpec } from '../process/child-process.ts'
import { findProgram, type FoundProgram } from './find-program.ts'
import { bridged, doorArguments, doorEnvironment } from './door.ts'
import { tethered } from './tether.ts'
import type { Door, Exposed, Sandbox } from './sandbox.ts'
import { programArguments, readableArguments, systemArguments } from './visible-paths.ts'

export interface Bubblewrap {
  /** The program, by its full path. */
  file: string
  version: string
  /** Whether it can keep programs from opening namespaces of their own; versions before 0.8 cannot. */
  disablesNamespaces: boolean
}

/** Where files lie that stand in for the system's: names of this machine alone. */
export interface StandIns {
  hosts: string
  passwd: string
  group: string
}

/** Programs of their own that every build needs. */
const usualPrograms = ['git', 'npm']

/** The user inside; outside it is whoever runs the runner. */
const inner = { uid: '1000', gid: '1000', host: 'build' }

const flags = (values: Readonly<Record<string, string>>) => Object.entries(values).flat()

/** Shows a path at the place where it is. */
const bind = (how: '--bind' | '--ro-bind', file: string) => [how, file, file]

/**
 * The walls: namespaces of its own for everything, no capabilities, and nothing of the machine but
 * its programs. `/proc` is read-only because the system's settings lie there, and a runner that is
 * started by root could write them from inside.
 */
export function wallArguments(disablesNamespaces: boolean): string[] {
  return [
    '--unshare-user',
    '--unshare-all',
    ...(disablesNamespaces ? ['--disable-userns'] : []),
    ...flags({ '--uid': inner.uid, '--gid': inner.gid, '--hostname': inner.host }),
    ...flags({ '--cap-drop': 'ALL' }),
    '--die-with-parent',
    ...systemArguments(),
    ...flags({ '--proc': '/proc', '--remount-ro': '/proc', '--dev': '/dev' }),
  ]
}

function standInArguments({ hosts, passwd, group }: StandIns): string[] {
  const pairs = [
    [hosts, '/etc/hosts'],
    [passwd, '/etc/passwd'],
    [group, '/etc/group'],
  ] as const
  return pairs.flatMap(([from, to]) => ['--ro-bind', from, to])
}

/** A `/tmp` of the build's own. */
function temporaryArguments({ tmp }: BuildFolder): string[] {
  return ['--bind', tmp, '/tmp']
}

/** What the build's programs may write: their work and their HOME. */
function workArguments({ workspace, home }: BuildFolder): string[] {
  return [workspace, home].flatMap((folder) => bind('--bind', folder))
}

function exposedArguments(programs: readonly FoundProgram[], readable: readonly string[]) {
  const node = process.execPath
  const others = programs.filter(({ real }) => real !== node)
  return [
    ...bind('--ro-bind', node),
    ...others.flatMap(programArguments),
    ...readable.filter((file) => existsSync(file)).flatMap(readableArguments),
  ]
}

const nothing: Exposed = { readable: [], programs: [] }

/** A sandbox by bubblewrap: Linux's namespaces, without a service and without being root. */
export function createBubblewrap(
  { file, version, disablesNamespaces }: Bubblewrap,
  standIns: StandIns,
  searchPath: string,
): Sandbox {
  const walls = [...wallArguments(disablesNamespaces), ...standInArguments(standIns)]
  const inside = (folder: BuildFolder, { readable, programs }: Exposed = nothing, door?: Door) => {
    // The end of a build has removed it; what is read of the build later wants one all the same.
    mkdirSync(folder.tmp, { recursive: true })
    const named = [...usualPrograms, ...programs]
    const found = new Map(named.map((name) => [name, findProgram(name, searchPath)]))
    const present = [...found.values()].filter((program) => program !== undefined)
    const shown = [
      ...walls,
      // What is named later covers what is named earlier, so that the work stays writable.
      ...temporaryArguments(folder),
      ...exposedArguments(present, readable),
      ...workArguments(folder),
      ...(door === undefined ? [] : doorArguments(door)),
      ...flags({ '--remount-ro': '/' }),
    ]
    return (spec: ProcessSpec, graceMs: number) => {
      if (found.has(spec.command) && found.get(spec.command) === undefined) {
        return notStarted(`${spec.command} is not there, or may not be started.`)
      }
      const program = [spec.command, ...spec.args]
      const run = door === undefined ? program : bridged(door, program)
      const args = ['--info-fd', '3', ...shown, '--chdir', spec.cwd, '--', ...run]
      const env = { ...spec.env, TMPDIR: '/tmp', ...(door !== undefined && doorEnvironment) }
      const group = { ...tethered(file, args), cwd: folder.root, env, opensNamespace: true }
      return startGroup(group, graceMs)
    }
  }
  return { state: { kind: 'bubblewrap', version }, inside, clear: async () => undefined }
}
