import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../api/queries.ts'

/** Who did something: you, Talkwright itself, or another user by their id. */
export function Person({ id }: { id: string }) {
  const me = useQuery(meQuery)
  if (id === me.data?.userId) return 'you'
  if (id === 'system') return 'Talkwright'
  return <span title={id}>user {id.slice(0, 8)}</span>
}
