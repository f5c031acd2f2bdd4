import { z } from 'zod'

/** What a process of Talkwright is started with; see talkwright-worker.ts. */
export const WorkerSettings = z.object({
  url: z.string(),
  /** Jobs of each stage at once. */
  slots: z.object({ ingest: z.number(), analyse: z.number(), plan: z.number() }),
  connections: z.number(),
  /** How long the analyst takes. */
  analysisMs: z.number(),
  http: z.boolean(),
  /** Where it listens; 0 for any free port. */
  port: z.number(),
  adminKey: z.string(),
  tavusToken: z.string(),
})
export type WorkerSettings = z.infer<typeof WorkerSettings>

/** What a process of a peer is started with. */
export const PeerSettings = z.object({
  url: z.string(),
  redisPort: z.number().optional(),
  /** Jobs at once in the process. */
  slots: z.number(),
  /** False for a process that only queues work. */
  consumes: z.boolean().default(true),
})
export type PeerSettings = z.infer<typeof PeerSettings>

/** Talks to take in: `count` of them, numbered from 1. */
export const SendTalks = z.object({ prefix: z.string(), count: z.number(), bytes: z.number() })
export type SendTalks = z.infer<typeof SendTalks>

/** One job of the latency bench. */
export const SendOne = z.object({ id: z.uuid() })

/** Jobs at once in one process, the same for everyone who is compared. */
export const slotsPerStage = 8
export const slotsPerProcess = 3 * slotsPerStage
/** The size of the talk in the benches that are about the queue. */
export const talkBytes = 1_000

export const adminKey = 'the-admin-key-of-the-benches'
export const tavusToken = 'the-callback-token-of-the-benches'

/** A process of Talkwright with what a bench does not say. */
export function talkwright(url: string, other: Partial<WorkerSettings> = {}): WorkerSettings {
  return {
    url,
    slots: { ingest: slotsPerStage, analyse: slotsPerStage, plan: slotsPerStage },
    connections: slotsPerProcess,
    analysisMs: 0,
    http: false,
    port: 0,
    adminKey,
    tavusToken,
    ...other,
  }
}
