import { isIP } from 'node:net'
import { AppError } from '../../domain/errors.ts'
import { allowAddresses } from './address-policy.ts'
import type { Resolve } from './guarded-http.ts'
import { covers, parseHostRule } from './host-list.ts'

/** What an agent may connect to. Nothing else answers it. */
export interface NetworkAccess {
  /** `api.example.org`, `*.example.org`, `10.0.0.5:8000`: port 443 unless named. */
  hosts: readonly string[]
  /** Networks that names of `hosts` may lead to although they are not public, as CIDR. */
  networks?: readonly string[]
}

/** A place that may be connected to, by the addresses that were checked. */
export interface Destination {
  /** The addresses that the host has, all of them permitted. */
  addresses: readonly { address: string; family: number }[]
  port: number
}

export interface AllowedHosts {
  /** Where a host is. Throws `host_not_listed`, `address_not_allowed`, `address_unknown`. */
  find(host: string, port: number): Promise<Destination>
  /** The ports of this machine's own loopback address that the list names. */
  readonly loopbackPorts: readonly number[]
}

/** What the machine calls itself. */
const loopback = '127.0.0.1'
const plain = (host: string) => (host === 'localhost' ? loopback : host)

function refused(code: string, message: string): AppError {
  return new AppError(code, message, { status: 403 })
}

/**
 * The hosts that an agent may reach. A name must be on the list and lead to public addresses, or to the
 * networks that are named; an address on the list is permitted by being there.
 *
 * @throws AppError `bad_host`, `bad_network`
 */
export function allowHosts(
  { hosts, networks = [] }: NetworkAccess,
  resolve: Resolve,
): AllowedHosts {
  const rules = hosts.map(parseHostRule).map((rule) => ({ ...rule, host: plain(rule.host) }))
  const policy = allowAddresses(networks)

  const addressesOf = async (host: string): Promise<Destination['addresses']> => {
    if (isIP(host) !== 0) return [{ address: host, family: isIP(host) }]
    const found = await resolve(host).catch(() => [])
    if (found.length === 0) throw refused('address_unknown', `${host} has no address.`)
    if (found.every(({ address }) => policy.permits(address))) return found
    throw refused('address_not_allowed', `${host} leads into a network that is not public.`)
  }
  return {
    loopbackPorts: rules.filter(({ host }) => host === loopback).map(({ port }) => port),
    async find(given, port) {
      const host = plain(given.toLowerCase())
      if (!rules.some((rule) => covers(rule, host, port))) {
        throw refused('host_not_listed', `${host}:${port} is not on the agent's list of hosts.`)
      }
      return { addresses: await addressesOf(host), port }
    },
  }
}
