import ipaddr from 'ipaddr.js'
import { invalidInput } from '../../domain/errors.ts'

/** Which IP addresses the runner may connect to. */
export interface AddressPolicy {
  permits(address: string): boolean
}

type Subnet = ReturnType<typeof ipaddr.parseCIDR>

/** What of IPv6 is given out to the public; `::127.0.0.1` and its like are not. */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

function isPublic(address: ReturnType<typeof ipaddr.process>): boolean {
  if (address.range() !== 'unicast') return false
  return !(address instanceof ipaddr.IPv6) || address.match(globalUnicast)
}

function parseSubnet(text: string): Subnet {
  try {
    return ipaddr.parseCIDR(text)
  } catch {
    throw invalidInput(
      'bad_network',
      `${text} is no network: write an address and a prefix length, like 10.0.0.0/8 or fd00::/8.`,
    )
  }
}

/**
 * Public addresses, and those of `networks` (CIDR: `127.0.0.0/8`). Everything else is refused:
 * loopback, private, link-local with the clouds' metadata, shared, reserved, multicast, and the IPv6
 * forms that lead to IPv4 (mapped ones count as the IPv4 address that they hold).
 *
 * @throws AppError `bad_network`
 */
export function allowAddresses(networks: readonly string[]): AddressPolicy {
  const subnets = networks.map(parseSubnet)
  return {
    permits(text) {
      if (!ipaddr.isValid(text)) return false
      const address = ipaddr.process(text)
      if (isPublic(address)) return true
      return subnets.some((subnet) => subnet[0].kind() === address.kind() && address.match(subnet))
    },
  }
}
