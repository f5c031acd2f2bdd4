import { Problem } from './problem.js'

/**
 * Refuses what the role of a request may not do: an action, and the change of these fields. Whether
 * anything proves the role is the door's business.
 */
export function assertMay(entity, action, request, fields = []) {
  const { role } = request
  for (const right of entity.rights) {
    const concerns = right.action === action || fields.includes(right.field)
    const may = right.only ? role === right.only : right.never !== '*' && role !== right.never
    if (concerns && !may) throw new Problem(403, right.why)
  }
}
