import { z } from 'zod'
import { readConfined } from '../workspace/confined-files.ts'
import { cleanLine } from '../process/log-text.ts'

const Report = z.object({
  tasks: z
    .array(
      z.object({
        number: z.string().max(20),
        reason: z.string().max(20_000).optional().catch(undefined),
      }),
    )
    .max(2_000),
})

const maxReportBytes = 1024 * 1024

/** Why tasks were left open, by number, from the agent's `build-report.json`; empty without one. */
export async function readReasons(
  workspace: string,
  feature: string,
): Promise<ReadonlyMap<string, string>> {
  try {
    const file = `.kiro/specs/${feature}/build-report.json`
    const text = (await readConfined(workspace, file, maxReportBytes)).toString('utf8')
    const { tasks } = Report.parse(JSON.parse(text))
    return new Map(
      tasks.flatMap(({ number, reason }) =>
        reason === undefined ? [] : [[number, cleanLine(reason, 1_000)]],
      ),
    )
  } catch {
    return new Map()
  }
}
