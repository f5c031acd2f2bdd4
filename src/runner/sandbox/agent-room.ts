import { allowHosts } from '../egress/allowed-hosts.ts'
import type { Resolve } from '../egress/guarded-http.ts'
import { openProxy } from '../egress/proxy.ts'
import type { BuildFolder } from '../builds/build-folder.ts'
import type { Exposed, Sandbox } from './sandbox.ts'
import { together, type ProgramGroup } from './together.ts'

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

/**
 * Opens the sandbox of an agent, with a proxy to the hosts that it may reach. Without a sandbox
 * there is nothing to let it out of, and nothing is kept from it.
 *
 * @throws AppError `bad_host`, `bad_network`
 */
export async function openAgentRoom(options: AgentRoomOptions): Promise<ProgramGroup> {
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
    ...room,
    async [Symbol.asyncDispose]() {
      await room[Symbol.asyncDispose]()
      await proxy[Symbol.asyncDispose]()
    },
  }
}
