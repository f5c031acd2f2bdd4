import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createOfflineAnalyst } from '../../analysis/offline/analyst.ts'
import { lintSpec } from '../../kiro/lint.ts'
import { parseRequirements } from '../../kiro/requirements.ts'
import { planFile } from '../../domain/plan.ts'
import { parseTranscript } from '../../sources/transcripts/parse.ts'
import { createOfflinePlanner } from './planner.ts'

const examples = new URL('../../../examples/sample/', import.meta.url)
const shared = new URL('../../../../shared/transcripts/', import.meta.url)

async function planOf(file: URL) {
  const { turns } = parseTranscript(readFileSync(file, 'utf8'), { filename: file.pathname })
  const brief = await createOfflineAnalyst().analyse({ turns })
  return createOfflinePlanner().plan({ brief, specId: 'a-spec' })
}

it('plans the bundled sample in EARS, without a lint error', async () => {
  const { files, trace } = await planOf(
    new URL('04-application.transcription_ready.json', examples),
  )
  expect(lintSpec(files).filter(({ severity }) => severity === 'error')).toEqual([])
  const { requirements } = parseRequirements(planFile(files, 'requirements.md')?.content ?? '')
  const criteria = requirements.flatMap((requirement) => requirement.criteria)
  expect(criteria.length).toBeGreaterThan(20)
  expect(criteria.filter(({ ears }) => ears === undefined)).toEqual([])
  expect(trace.filter(({ citations, inferred }) => citations.length === 0 && !inferred)).toEqual([])
})

it.skipIf(!existsSync(shared))(
  'plans a long real interview without a lint error (needs the shared transcripts)',
  async () => {
    const { files } = await planOf(new URL('reconsum-football-federation.txt', shared))
    expect(lintSpec(files).filter(({ severity }) => severity === 'error')).toEqual([])
  },
)
