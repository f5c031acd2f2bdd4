import { z } from 'zod'

export const LiveWriterSettings = z.object({ url: z.string(), connections: z.number() })

/** Projects to make, each with an empty log. */
export const SeedProjects = z.object({ count: z.number() })

/** Events to append at a steady rate, one a commit, to these projects in turn. */
export const WriteSteadily = z.object({
  projects: z.array(z.string()),
  perSecond: z.number(),
  seconds: z.number(),
})

/** Events to append to one project as fast as it goes. */
export const WriteFast = z.object({
  project: z.string(),
  commits: z.number(),
  perCommit: z.number(),
})

export const LiveClientsSettings = z.object({ adminKey: z.string() })

export const Connect = z.object({
  base: z.string(),
  clients: z.number(),
  /** Followed in turn: the first client the first, and so on. */
  projects: z.array(z.string()),
  /** How many of the clients note when each event comes. */
  sampled: z.number(),
})

/** What clients have had so far. */
export const Progress = z.object({
  events: z.number(),
  frames: z.number(),
  gaps: z.number(),
  /** When the last one came, monotonic milliseconds. */
  lastAt: z.number(),
})

/** When an event was committed or came: project and seq, and monotonic milliseconds. */
export const Moments = z.array(z.tuple([z.string(), z.number()]))
