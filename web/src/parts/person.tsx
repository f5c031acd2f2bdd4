import { useQuery } from '@tanstack/react-query'
import { membersQuery, meQuery } from '../api/queries.ts'

/** Who did something: you, Talkwright itself, a member by name, or a user that is known by their id alone. */
export function Person({ id }: { id: string }) {
  const me = useQuery(meQuery).data
  const isKnown = id === me?.userId || id === 'system'
  const members = useQuery({ ...membersQuery, enabled: !isKnown }).data
  if (id === me?.userId) return 'you'
  if (id === 'system') return 'Talkwright'
  const member = members?.items.find(({ userId }) => userId === id)
  const name = member?.name ?? member?.email ?? `user ${id.slice(0, 8)}`
  return <span title={id}>{name}</span>
}
