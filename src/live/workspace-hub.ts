import type { Log } from '../domain/log.ts'
import type { EventLog, Head } from './event-log.ts'

/**
 * A commit may be seen this long after the time that its events bear, milliseconds: longer than a
 * session may idle in a transaction, or wait for a lock (src/store/postgres-pool.ts).
 */
const slackMs = 20_000
/** Projects of other workspaces that are remembered, so that they are not asked about again. */
const maxForeign = 10_000
/** Sweeps between two looks for projects that no poke told of. */
const sweepsPerLook = 5

/** Who follows a workspace. */
export interface HubMember {
  /** A project has news; its events up to `after` are older than the hub. */
  admit(projectId: string, after: number): void
}

/** Knows which projects of a followed workspace have had news since someone began to follow it. */
export class WorkspaceHub {
  readonly workspaceId: string
  /** Projects with news, and the seq that each had when the hub began. */
  readonly opened = new Map<string, number>()
  readonly #events: EventLog
  readonly #log: Log
  readonly #members = new Set<HubMember>()
  readonly #foreign = new Set<string>()
  readonly #asked = new Set<string>()
  #beganAt: Date | undefined
  #lookedAt: Date | undefined
  #asking = false
  #sweeps = 0

  constructor(workspaceId: string, events: EventLog, log: Log) {
    this.workspaceId = workspaceId
    this.#events = events
    this.#log = log
  }

  join(member: HubMember): void {
    this.#members.add(member)
  }

  /** True when nobody is left. */
  leave(member: HubMember): boolean {
    this.#members.delete(member)
    return this.#members.size === 0
  }

  /** What changed later than a time, and a time before which nothing is still to be committed. */
  async look(later: Date | undefined): Promise<{ at: Date; heads: Head[] }> {
    const { at, heads } = await this.#events.changed(this.workspaceId, later)
    const settled = new Date(at.getTime() - slackMs)
    this.#beganAt ??= settled
    this.#lookedAt = settled
    return { at: settled, heads }
  }

  /** The seq that a project had reached at a time. */
  seqAt(projectId: string, at: Date): Promise<number> {
    return this.#events.seqAt(projectId, at)
  }

  /** These projects, of any workspace, have news. */
  poke(projectIds: readonly string[]): void {
    for (const id of projectIds) {
      if (!this.opened.has(id) && !this.#foreign.has(id)) this.#asked.add(id)
    }
    if (this.#asked.size > 0 && !this.#asking) void this.#ask()
  }

  /** Looks, now and then, for projects that no poke told of. */
  sweep(): void {
    this.#sweeps += 1
    this.poke([])
    if (this.#sweeps % sweepsPerLook !== 0 || this.#lookedAt === undefined) return
    void this.#lookAgain(this.#lookedAt)
  }

  async #lookAgain(later: Date): Promise<void> {
    try {
      const { heads } = await this.look(later)
      this.poke(heads.map(({ projectId }) => projectId))
    } catch (error) {
      this.#log.warn({ error: String(error) }, 'live.look_failed')
    }
  }

  async #ask(): Promise<void> {
    this.#asking = true
    try {
      while (this.#asked.size > 0) {
        const ids = [...this.#asked]
        await this.#openOurs(ids)
        for (const id of ids) this.#asked.delete(id)
      }
    } catch (error) {
      // They are asked about again with the next news or the next sweep.
      this.#log.warn({ error: String(error) }, 'live.look_failed')
    } finally {
      this.#asking = false
    }
  }

  async #openOurs(ids: readonly string[]): Promise<void> {
    const heads = await this.#events.heads(ids)
    const ours = heads.filter((head) => head.workspaceId === this.workspaceId)
    for (const { projectId, workspaceId } of heads) {
      if (workspaceId !== this.workspaceId) this.#foreign.add(projectId)
    }
    if (this.#foreign.size > maxForeign) this.#foreign.clear()
    const beganAt = this.#beganAt ?? (await this.look(undefined)).at
    for (const { projectId } of ours) {
      const after = await this.#events.seqAt(projectId, beganAt)
      this.opened.set(projectId, after)
      for (const member of this.#members) member.admit(projectId, after)
    }
  }
}
