import { z } from 'zod'

/** How a list of projects is ordered: by when they began, or by when their status last changed. */
export const ProjectOrder = z.enum(['newest', 'oldest', 'changed'])
export type ProjectOrder = z.infer<typeof ProjectOrder>
