import { useQuery } from '@tanstack/react-query'
import type { ProjectView } from '../../../src/http/views.ts'
import { meQuery } from '../api/queries.ts'

/** Whether the reader may decide and write in the workspace that they have chosen; the server decides it anew each time. */
export function useMayAct(): boolean {
  const role = useQuery(meQuery).data?.role
  return role !== undefined && role !== 'viewer'
}

/** The same of a project, which may be of another workspace. */
export function mayActOn({ role }: Pick<ProjectView, 'role'>): boolean {
  return role !== 'viewer'
}
