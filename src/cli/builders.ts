import { digest } from '../access/digest.ts'
import type { Secrets } from '../access/secrets.ts'
import { type Builders, createBuilder, createBuilders } from '../builds/builders.ts'
import type { Config } from '../config.ts'

/** Where nobody answers, for processes that start no runner and name none. */
export const noBuilder = 'http://127.0.0.1:9'

/**
 * The builders that KIRO_API_URL names, by their addresses; else the one that runs beside a server, by
 * a name of that server's data folder: another server's own is another builder.
 */
export function makeBuilders(
  config: Pick<Config, 'KIRO_API_URL'>,
  secrets: Pick<Secrets, 'buildApiKey' | 'sessionKey'>,
  builtInUrl: string,
  timeoutMs = 30_000,
): Builders {
  const make = (name: string, baseUrl: string) =>
    createBuilder(name, { baseUrl, apiKey: secrets.buildApiKey, fetch, timeoutMs })
  const [first, ...others] = config.KIRO_API_URL ?? []
  if (first === undefined) {
    const name = `built-in ${digest(`builder ${secrets.sessionKey}`).slice(0, 16)}`
    return createBuilders([make(name, builtInUrl)], Math.random)
  }
  return createBuilders([make(first, first), ...others.map((url) => make(url, url))], Math.random)
}
