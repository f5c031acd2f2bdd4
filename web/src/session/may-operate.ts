import { hasRole } from '../../../src/domain/role-order.ts'
import type { MeView } from '../../../src/http/views.ts'

/** Whether somebody sees how the system runs; the server decides by itself all the same. */
export function mayOperate({ role }: Pick<MeView, 'role'>): boolean {
  return hasRole(role, 'admin')
}
