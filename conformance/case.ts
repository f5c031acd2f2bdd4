import type { BuildCreated, BuildWebhook, CreateBuild } from '../src/domain/build.ts'
import type { Inbox, Receiver } from './receiver.ts'
import type { Target } from './target.ts'

/** A build that was ordered, and what came of it. */
export interface OrderedBuild {
  created: BuildCreated
  order: CreateBuild
  key: string
  inbox: Inbox
}

/** What cases work with. */
export interface Scene {
  target: Target
  receiver: Receiver
  /** Orders a build of the small plan with an inbox of its own. */
  begin(answer?: (count: number) => number): Promise<OrderedBuild>
  /** The build that all cases look at; its first webhooks were refused and redirected. */
  main(): Promise<OrderedBuild>
  /** The main build when it has ended. @throws Finding when it does not in time. */
  ended(): Promise<OrderedBuild & { events: BuildWebhook[] }>
  /** How long a build may take. */
  timeoutMs: number
}

/** Why a case could not say anything. */
export class NotApplicable extends Error {}

export interface Case {
  name: string
  /** @throws Finding, NotApplicable */
  run: (scene: Scene) => Promise<void>
}

export function isLast({ type }: BuildWebhook): boolean {
  return type === 'build.completed' || type === 'build.failed' || type === 'build.cancelled'
}
