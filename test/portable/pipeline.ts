import type { Analyst } from '../../src/analysis/analyst.ts'
import { oneBuilder } from '../../src/builds/builders.ts'
import { createBuildClient } from '../../src/builds/client.ts'
import { silentLog } from '../../src/domain/log.ts'
import { publishedPrices } from '../../src/domain/price-table.ts'
import type { PipelineDeps } from '../../src/pipeline/deps.ts'
import { createInboxWriter } from '../../src/pipeline/inbox-writer.ts'
import { offlineMakers } from '../support/offline-makers.ts'

/** What the stages need on a host that has no command line of ours; nobody builds there. */
export function portablePipeline(
  { database, queue }: Pick<PipelineDeps, 'database' | 'queue'>,
  analyst?: Analyst,
): PipelineDeps {
  const clock = () => new Date()
  const nobody = 'http://127.0.0.1:9'
  return {
    database,
    queue,
    inbox: createInboxWriter({ database, queue, clock }),
    ...offlineMakers(analyst),
    builders: oneBuilder(
      createBuildClient({ baseUrl: nobody, apiKey: 'none', fetch, timeoutMs: 1_000 }),
    ),
    buildWebhooks: {
      url: `${nobody}/webhooks/kiro`,
      secret: 'whsec_dGVzdC10ZXN0LXRlc3QtdGVzdC10ZXN0LXRlc3Q=',
    },
    approval: 'manual',
    prices: [publishedPrices],
    clock,
    id: () => crypto.randomUUID(),
    random: Math.random,
    log: silentLog,
    committed: () => undefined,
    changed: () => undefined,
  }
}
