import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../api/queries.ts'

/** Whether the reader may decide and write, and not look alone; the server decides it anew each time. */
export function useMayAct(): boolean {
  const role = useQuery(meQuery).data?.role
  return role !== undefined && role !== 'viewer'
}
