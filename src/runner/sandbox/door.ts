import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Door } from './sandbox.ts'

/** Where the proxy answers inside; each sandbox has a loopback address of its own. */
const proxyPort = 41_700

const bridge = fileURLToPath(new URL('./bridge.mts', import.meta.url))
const inner = { bridge: '/run/talkwright/bridge.mts', folder: '/run/talkwright/proxy' }

/** Bubblewrap's arguments that show the door. */
export function doorArguments({ folder }: Door): string[] {
  return ['--ro-bind', bridge, inner.bridge, '--ro-bind', folder, inner.folder]
}

/** A program behind the bridge that brings its connections to the door. */
export function bridged({ socket, ports }: Door, program: readonly string[]): string[] {
  const own = [path.posix.join(inner.folder, socket), String(proxyPort), ports.join(',')]
  return [process.execPath, inner.bridge, ...own, ...program]
}

const proxy = `http://127.0.0.1:${proxyPort}`
const near = 'localhost,127.0.0.1,::1'

/** How programs learn of the proxy: the names that curl, Node, Bun, Go, Rust and Python read. */
export const doorEnvironment = {
  HTTP_PROXY: proxy,
  HTTPS_PROXY: proxy,
  NO_PROXY: near,
  http_proxy: proxy,
  https_proxy: proxy,
  no_proxy: near,
  NODE_USE_ENV_PROXY: '1',
} as const
