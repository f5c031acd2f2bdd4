import { startGroup } from '../process/child-process.ts'
import { gitIn, type Git } from '../workspace/git.ts'

/** What is to be known of a remote before git may speak to it. */
export interface Remote {
  url: string
  token: string | undefined
  /** The user that goes with the token. */
  user: string
  /** The addresses that were checked; none for a path of this machine. */
  addresses: readonly string[]
}

/** A clone of a large repository may take this long. */
const timeoutMs = 5 * 60_000

function pinned(url: URL, addresses: readonly string[]): string {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const hosts = addresses.map((address) => (address.includes(':') ? `[${address}]` : address))
  return `${url.hostname.replaceAll(/[[\]]/g, '')}:${port}:${hosts.join(',')}`
}

function settingsFor({ url, token, user, addresses }: Remote): [string, string][] {
  const target = new URL(url)
  const settings: [string, string][] = [
    ['protocol.allow', 'never'],
    [`protocol.${target.protocol.slice(0, -1)}.allow`, 'always'],
    // A redirect would lead past the check of the address, and past the host that the token is for.
    ['http.followRedirects', 'false'],
    ['credential.helper', ''],
  ]
  if (addresses.length > 0) {
    settings.push(['http.curloptResolve', pinned(target, addresses)])
  }
  if (token !== undefined) {
    const basic = Buffer.from(`${user}:${token}`).toString('base64')
    settings.push([`http.${target.origin}/.extraHeader`, `Authorization: Basic ${basic}`])
  }
  return settings
}

/**
 * git in a repository of the runner's own that may speak to one remote. The token stands in the
 * environment of git alone: neither among its arguments nor in a file.
 */
export function remoteGit(folder: string, env: Record<string, string>, remote: Remote): Git {
  const settings = settingsFor(remote)
  const configured = Object.fromEntries(
    settings.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  )
  const all = { ...env, ...configured, GIT_CONFIG_COUNT: String(settings.length) }
  return gitIn(folder, all, startGroup, timeoutMs)
}
