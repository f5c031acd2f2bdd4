import { AppError } from '../domain/errors.ts'
import type { Batch } from './batch.ts'
import type { Cursor } from './cursor.ts'
import type { WorkspaceHub } from './workspace-hub.ts'

/** Where a client has been in a workspace. */
export interface WorkspaceSince {
  /** The `at` that the subscription was answered with. */
  at: Date
  /** The last seq of each project whose events it has seen. */
  projects: ReadonlyMap<string, number>
}

export interface WorkspaceCursorOptions {
  hub: WorkspaceHub
  open: (projectId: string, after: number, wake: () => void) => Cursor
  /** The seq up to which a project's events were given out here; undefined when it is not followed. */
  headOf: (projectId: string) => number | undefined
  wake: () => void
  /** Called once nobody follows the workspace any more. */
  left: () => void
}

/** A place in the logs of all projects of a workspace: each project's events come in its order. */
export class WorkspaceCursor implements Cursor {
  /** To be handed back with the seqs of the projects seen since, to go on from here. */
  at = new Date(0)
  readonly #options: WorkspaceCursorOptions
  readonly #cursors = new Map<string, Cursor>()
  readonly #dirty = new Map<string, Cursor>()
  #named: ReadonlyMap<string, number> = new Map()
  #begun = false

  constructor(options: WorkspaceCursorOptions) {
    this.#options = options
    options.hub.join(this)
  }

  async begin(since: WorkspaceSince | undefined): Promise<void> {
    const { hub, headOf } = this.#options
    this.#named = since?.projects ?? new Map()
    // Before the look: what is committed after it lies above these.
    const standing = [...hub.opened].map(([id, after]) => [id, headOf(id) ?? after] as const)
    const { at, heads } = await hub.look(since?.at)
    this.at = at
    if (since !== undefined) {
      for (const { projectId } of heads) {
        this.admit(projectId, this.#named.get(projectId) ?? (await hub.seqAt(projectId, since.at)))
      }
    }
    for (const [id, after] of standing) this.admit(id, after)
    this.#begun = true
  }

  admit(projectId: string, after: number): void {
    if (!this.#cursors.has(projectId)) this.#open(projectId, this.#named.get(projectId) ?? after)
  }

  next(): Batch | Promise<Batch | undefined> | undefined {
    for (const [projectId, cursor] of this.#dirty) {
      const found = this.#nextOf(projectId, cursor)
      if (found instanceof Promise) {
        // Before it is waited for: a wake that comes meanwhile marks the project anew.
        this.#dirty.delete(projectId)
        return this.#settle(projectId, found)
      }
      if (found !== undefined) return found
      this.#dirty.delete(projectId)
    }
    return undefined
  }

  isLive(): boolean {
    return this.#begun && [...this.#cursors.values()].every((cursor) => cursor.isLive())
  }

  close(): void {
    for (const cursor of this.#cursors.values()) cursor.close()
    this.#cursors.clear()
    this.#dirty.clear()
    if (this.#options.hub.leave(this)) this.#options.left()
  }

  #open(projectId: string, after: number): void {
    const cursor = this.#options.open(projectId, after, () => {
      this.#dirty.set(projectId, cursor)
      this.#options.wake()
    })
    this.#cursors.set(projectId, cursor)
    this.#dirty.set(projectId, cursor)
    this.#options.wake()
  }

  #nextOf(projectId: string, cursor: Cursor): ReturnType<Cursor['next']> {
    try {
      const found = cursor.next()
      return found instanceof Promise
        ? found.catch((error: unknown) => this.#reset(projectId, error))
        : found
    } catch (error) {
      return this.#reset(projectId, error)
    }
  }

  async #settle(projectId: string, found: Promise<Batch | undefined>): Promise<Batch | undefined> {
    let more = true
    try {
      const batch = await found
      more = batch !== undefined
      return more ? batch : await this.next()
    } finally {
      if (more) this.#mark(projectId)
    }
  }

  /** There is more of this project, or it has to be tried once more. */
  #mark(projectId: string): void {
    const cursor = this.#cursors.get(projectId)
    if (cursor !== undefined) this.#dirty.set(projectId, cursor)
  }

  /** One project's log does not go on; the others do, and it does from its end. */
  #reset(projectId: string, error: unknown): never {
    if (!(error instanceof AppError) || error.code !== 'position_unknown') throw error
    this.#cursors.get(projectId)?.close()
    const { seq } = error.details
    this.#open(projectId, typeof seq === 'number' ? seq : 0)
    throw new AppError(error.code, error.message, {
      status: error.status,
      details: { ...error.details, project: projectId },
    })
  }
}
