export { LiveError } from './channel.ts'
export type { Connection, Handlers } from './channel.ts'
export { LiveClient } from './live-client.ts'
export type {
  Following,
  FollowOptions,
  FollowProjectOptions,
  LiveClientOptions,
} from './live-client.ts'
export type { LiveEvent, Reset } from './messages.ts'
export { createProjectStore } from './store.ts'
export type { ProjectStore, ProjectView, ProjectViewOptions, ViewConnection } from './store.ts'
