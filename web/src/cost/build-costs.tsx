import type { BuildView } from '../../../src/http/views.ts'
import { formatDuration, millisecondsBetween } from '../format/time.ts'
import { Age } from '../parts/age.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { buildCostWords } from './build-words.ts'

function tookWords({ progress, createdAt, finishedAt }: BuildView): string {
  const ms = progress?.elapsed_ms ?? millisecondsBetween(createdAt, finishedAt ?? undefined)
  return ms === undefined ? '—' : formatDuration(ms)
}

/** What each build took, and what its agent said that it cost. */
export function BuildCosts({ builds }: { builds: readonly BuildView[] }) {
  if (builds.length === 0) return <p className="small muted">Nothing was built yet.</p>
  return (
    <DataTable
      label="Builds"
      head={['Build', 'State', 'Builder', 'Time', 'Cost']}
      words={['State', 'Builder']}
      rows={builds.map((build) => ({
        key: build.id,
        cells: [
          <Age key="age" at={build.createdAt} />,
          build.state,
          build.agent ?? '—',
          tookWords(build),
          buildCostWords(build),
        ],
      }))}
    />
  )
}
