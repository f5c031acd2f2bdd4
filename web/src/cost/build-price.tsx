import { useQuery } from '@tanstack/react-query'
import { buildEstimateQuery } from '../api/queries.ts'
import { buildEstimateWords } from './build-words.ts'

/** What building the newest plan will probably cost, in words; one line for each agent that may do it. */
export function BuildPrice({ id }: { id: string }) {
  const { data, isError } = useQuery(buildEstimateQuery(id))
  if (isError) return 'could not be estimated: the page asks again when it is opened'
  // Absent while it is asked for.
  if (data === undefined) return '…'
  if (data === null) return 'there is no plan yet'
  return data.agents.map((estimate) => (
    <span key={estimate.agent} className="build-price">
      {buildEstimateWords(estimate, data.tasks)}
    </span>
  ))
}
