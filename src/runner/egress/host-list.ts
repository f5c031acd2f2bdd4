import { isIP } from 'node:net'
import { invalidInput } from '../../domain/errors.ts'

/** A place that may be connected to. */
export interface HostRule {
  /** In lower case; with `anyBelow`, what its names end with. */
  host: string
  port: number
  /** Written as `*.example.org`: every name below it, and not itself. */
  anyBelow: boolean
}

const written =
  /^(\*\.)?(\[[0-9a-f:.]{2,45}\]|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::(\d{1,5}))?$/

/**
 * Reads `api.example.org`, `*.example.org`, `10.0.0.5:8000` or `[::1]:8000`; the port is 443 where
 * none is named.
 *
 * @throws AppError `bad_host`
 */
export function parseHostRule(text: string): HostRule {
  const [, star, host = '', digits = '443'] = written.exec(text.toLowerCase()) ?? []
  const port = Number(digits)
  const bare = host.replaceAll(/[[\]]/g, '')
  const isAddress = isIP(bare) !== 0
  if (host === '' || port < 1 || port > 65_535 || (star !== undefined && isAddress)) {
    throw invalidInput(
      'bad_host',
      `${text} is no host: write a name like api.example.org, *.example.org or an address, with :port where it is not 443.`,
    )
  }
  return { host: bare, port, anyBelow: star !== undefined }
}

/** Whether a rule covers a host, given in lower case and without the brackets of IPv6. */
export function covers(rule: HostRule, host: string, port: number): boolean {
  if (rule.port !== port) return false
  return rule.anyBelow ? host.endsWith(`.${rule.host}`) : host === rule.host
}
