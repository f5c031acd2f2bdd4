import { expect, it } from 'vitest'
import type { Role } from '../../../src/domain/principal.ts'
import type { MemberView } from '../../../src/http/access-views.ts'
import { mayWith, nameOf, rolesUpTo } from './roles.ts'

const since = '2026-05-01T10:00:00.000Z'
const member = (userId: string, role: Role): MemberView => ({
  userId,
  role,
  name: null,
  email: null,
  since,
})

it('offers no role above the own one', () => {
  const offered = (role: Role) => rolesUpTo(role).map(({ value }) => value)
  expect(offered('viewer')).toEqual(['viewer'])
  expect(offered('admin')).toEqual(['viewer', 'member', 'admin'])
  expect(offered('owner')).toEqual(['viewer', 'member', 'admin', 'owner'])
})

it('lets admins change and remove who stands no higher, and everybody leave', () => {
  const ada = member('a', 'owner')
  const ben = member('b', 'admin')
  const cyd = member('c', 'member')
  const all = [ada, ben, cyd]
  expect(mayWith(ben, cyd, all)).toEqual({ changeRole: true, remove: true, isLastOwner: false })
  expect(mayWith(ben, ada, all)).toEqual({ changeRole: false, remove: false, isLastOwner: true })
  expect(mayWith(cyd, ben, all)).toEqual({ changeRole: false, remove: false, isLastOwner: false })
  expect(mayWith(cyd, cyd, all)).toEqual({ changeRole: false, remove: true, isLastOwner: false })
})

it('knows the last owner from one of several', () => {
  const [ada, eve] = [member('a', 'owner'), member('e', 'owner')]
  expect(mayWith(ada, ada, [ada]).isLastOwner).toBe(true)
  expect(mayWith(ada, ada, [ada, eve]).isLastOwner).toBe(false)
})

it('calls people by their name, else their address, else a part of their id', () => {
  const nobody = member('0123456789', 'viewer')
  expect(nameOf({ ...nobody, name: 'Ada', email: 'a@b.example' })).toBe('Ada')
  expect(nameOf({ ...nobody, email: 'a@b.example' })).toBe('a@b.example')
  expect(nameOf(nobody)).toBe('user 01234567')
})
