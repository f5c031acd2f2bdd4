import type { ProjectOrder } from '../../../src/domain/project-order.ts'
import type { ProjectStatus } from '../../../src/domain/status.ts'

/** The groups that a person looks for, with the statuses that are in each. */
export const groups = {
  working: {
    words: 'Working',
    statuses: ['received', 'analysing', 'planning', 'building'],
  },
  waiting: { words: 'Waits for you', statuses: ['awaiting_approval', 'paused'] },
  completed: { words: 'Completed', statuses: ['completed'] },
  failed: { words: 'Failed', statuses: ['failed'] },
  cancelled: { words: 'Cancelled', statuses: ['cancelled'] },
} as const satisfies Record<string, { words: string; statuses: readonly ProjectStatus[] }>
export type Group = keyof typeof groups

export const orders = {
  newest: 'Newest first',
  changed: 'Latest change first',
  oldest: 'Oldest first',
} as const satisfies Record<ProjectOrder, string>

/** What of all projects is shown, as it stands in the address. */
export interface ProjectFilter {
  /** Absent for all. */
  group?: Group
  text: string
  order: ProjectOrder
}

function isOrder(name: string | null): name is ProjectOrder {
  return name !== null && Object.hasOwn(orders, name)
}

function isGroup(name: string | null): name is Group {
  return name !== null && Object.hasOwn(groups, name)
}

/** The filter that an address stands for; what it does not know is passed over. */
export function readFilter(search: URLSearchParams): ProjectFilter {
  const group = search.get('show')
  const order = search.get('order')
  return {
    ...(isGroup(group) && { group }),
    text: (search.get('q') ?? '').slice(0, 100),
    order: isOrder(order) ? order : 'newest',
  }
}

/** True when it may leave projects out. */
export function isFiltered({ group, text }: ProjectFilter): boolean {
  return group !== undefined || text.trim() !== ''
}

/** The filter as parameters of `GET /v1/projects`. */
export function askedBy({ group, text, order }: ProjectFilter): string {
  const params = new URLSearchParams()
  if (group !== undefined) params.set('status', groups[group].statuses.join(','))
  if (text.trim() !== '') params.set('q', text.trim())
  if (order !== 'newest') params.set('order', order)
  return params.size === 0 ? '' : `&${params}`
}
