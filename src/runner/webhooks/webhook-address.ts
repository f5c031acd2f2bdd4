import { BlockList, isIP } from 'node:net'
import { lookup } from 'node:dns/promises'
import { invalidInput } from '../../domain/errors.ts'

/** Resolves a host name to all its addresses. */
export type Resolve = (host: string) => Promise<readonly { address: string; family: number }[]>

export const resolveByDns: Resolve = (host) => lookup(host, { all: true, verbatim: true })

function privateRanges(): BlockList {
  const list = new BlockList()
  const v4: readonly [string, number][] = [
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['224.0.0.0', 3],
  ]
  const v6: readonly [string, number][] = [
    ['::', 127],
    ['64:ff9b::', 96],
    ['fc00::', 7],
    ['fe80::', 10],
    ['ff00::', 8],
  ]
  for (const [net, prefix] of v4) list.addSubnet(net, prefix, 'ipv4')
  for (const [net, prefix] of v6) list.addSubnet(net, prefix, 'ipv6')
  return list
}

/** Whether an IP address is not on the public internet (IPv4 mapped into IPv6 included). */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address)
  return family === 0 || privateRanges().check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/**
 * Refuses webhook addresses that lead into the runner's own network. The name is resolved again
 * before every delivery; a name that changes between that look-up and the request is not caught.
 */
export async function assertPublicWebhook(webhookUrl: string, resolve: Resolve): Promise<void> {
  const host = new URL(webhookUrl).hostname.replaceAll(/^\[|\]$/g, '')
  const literal = isIP(host) !== 0
  const addresses = literal ? [host] : (await resolve(host)).map((entry) => entry.address)
  if (addresses.length === 0 || addresses.some(isPrivateAddress)) {
    throw invalidInput(
      'webhook_url_not_allowed',
      'webhook_url must lead to a public address: this runner does not call private networks.',
    )
  }
}
