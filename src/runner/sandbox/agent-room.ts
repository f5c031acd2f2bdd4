import { allowHosts } from '../egress/allowed-hosts.ts'
import type { Resolve } from '../egress/guarded-http.ts'
import { openProxy } from '../egress/proxy.ts'
import type { BuildFolder } from '../builds/build-folder.ts'
import { notStarted, type GroupProcess, type StartProgram } from '../process/child-process.ts'
import type { Exposed, Sandbox } from './sandbox.ts'

/** Where an agent and its commands run; disposed of, nothing runs there any more, and nothing can. */
export interface AgentRoom extends AsyncDisposable {
  start: StartProgram
}

export interface AgentRoomOptions {
  sandbox: Sandbox
  folder: BuildFolder
  exposed: Exposed
  resolve: Resolve
  /** Hears why a connection was refused. */
  refused: (reason: string) => void
}

/** Refusals of one build that are told; an agent may try without end. */
const maxTold = 20

function tellOnce(tell: (reason: string) => void): (reason: string) => void {
  const told = new Set<string>()
  return (reason) => {
    if (told.has(reason) || told.size >= maxTold) return
    told.add(reason)
    tell(reason)
  }
}

/** Programs that end together. */
function together(begin: StartProgram): AgentRoom {
  const running = new Set<GroupProcess>()
  let isOver = false
  return {
    start(spec, graceMs) {
      if (isOver) return notStarted('The build has ended.')
      const started = begin(spec, graceMs)
      running.add(started)
      void started.exited.finally(() => running.delete(started))
      return started
    },
    async [Symbol.asyncDispose]() {
      isOver = true
      await Promise.all([...running].map((process) => process.end()))
    },
  }
}

/**
 * Opens the sandbox of an agent, with a proxy to the hosts that it may reach. Without a sandbox
 * there is nothing to let it out of, and nothing is kept from it.
 *
 * @throws AppError `bad_host`, `bad_network`
 */
export async function openAgentRoom(options: AgentRoomOptions): Promise<AgentRoom> {
  const { sandbox, folder, exposed, resolve, refused } = options
  const { network } = exposed
  const isClosed = network === undefined || network.hosts.length === 0
  if (sandbox.state.kind === 'none' || isClosed) {
    return together(sandbox.inside(folder, exposed))
  }
  const hosts = allowHosts(network, resolve)
  const proxy = await openProxy(hosts, tellOnce(refused))
  const door = { folder: proxy.folder, socket: proxy.socket, ports: hosts.loopbackPorts }
  const room = together(sandbox.inside(folder, exposed, door))
  return {
    start: room.start,
    async [Symbol.asyncDispose]() {
      await room[Symbol.asyncDispose]()
      await proxy[Symbol.asyncDispose]()
    },
  }
}
