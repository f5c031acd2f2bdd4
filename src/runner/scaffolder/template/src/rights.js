import { Problem } from './problem.js'

/**
 * Refuses what the role of a request may not do: an action, and the change of these fields. A role is
 * what the page says that it is; nothing proves it.
 */
export function assertMay(entity, action, request, fields = []) {
  const role = roleOf(request)
  for (const right of entity.rights) {
    const concerns = right.action === action || fields.includes(right.field)
    const may = right.only ? role === right.only : right.never !== '*' && role !== right.never
    if (concerns && !may) throw new Problem(403, right.why)
  }
}

function roleOf(request) {
  try {
    return decodeURIComponent(request.headers['x-role'] ?? '')
  } catch {
    return ''
  }
}
