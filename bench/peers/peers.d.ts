// The parts of the peers that the benches use. Their own types come with `npm ci --prefix bench`,
// which the product's checks do not need.

declare module 'graphile-worker' {
  import type { PoolClient } from 'pg'

  export interface JobHelpers {
    withPgClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T>
  }
  export interface RunnerOptions {
    preset: {
      worker: {
        connectionString: string
        concurrentJobs: number
        maxPoolSize: number
        localQueue?: { size: number }
        completeJobBatchDelay?: number
        failJobBatchDelay?: number
        pollInterval?: number
      }
    }
    taskList?: Record<string, (payload: unknown, helpers: JobHelpers) => Promise<void>>
    noHandleSignals?: boolean
    logger?: Logger
  }
  export interface Logger {
    info(message: string): void
  }
  export const Logger: new (factory: () => (level: string, message: string) => void) => Logger
  export function run(options: RunnerOptions): Promise<{ stop(): Promise<void> }>
  export function runMigrations(options: RunnerOptions): Promise<void>
}

declare module '@dbos-inc/dbos-sdk' {
  import type { ClientBase } from 'pg'

  export interface DBOSConfig {
    name: string
    systemDatabaseUrl: string
    systemDatabasePoolSize?: number
    logLevel?: string
    applicationVersion?: string
    executorID?: string
    listenQueues?: string[]
    useListenNotify?: boolean
  }
  export const DBOS: {
    readonly workflowID: string | undefined
    readonly stepID: number | undefined
    setConfig(config: DBOSConfig): void
    launch(): Promise<void>
    shutdown(): Promise<void>
    registerWorkflow<A extends unknown[], R>(
      work: (...args: A) => Promise<R>,
      config?: { name?: string },
    ): (...args: A) => Promise<R>
    registerQueue(
      name: string,
      options: { workerConcurrency?: number; minPollingIntervalMs?: number },
    ): Promise<unknown>
  }
  export interface EnqueueOptions {
    queueName: string
    workflowName: string
    workflowID?: string
    appVersion?: string
  }
  export class DBOSClient {
    static create(options: {
      systemDatabaseUrl: string
      applicationName?: string
    }): Promise<DBOSClient>
    enqueueInTransaction(
      client: ClientBase,
      options: EnqueueOptions,
      ...args: unknown[]
    ): Promise<unknown>
    destroy(): Promise<void>
  }
}

declare module '@dbos-inc/dbos-sdk/datasource' {
  export interface DataSourceTransactionHandler {
    readonly name: string
    initialize(): Promise<void>
    destroy(): Promise<void>
    deleteCheckpoints?(
      workflowId: string,
      startStep: number,
      beforeCommit?: () => Promise<void>,
    ): Promise<void>
    invokeTransactionFunction<This, Args extends unknown[], Return>(
      config: unknown,
      target: This,
      work: (this: This, ...args: Args) => Promise<Return>,
      ...args: Args
    ): Promise<Return>
  }
  export function registerDataSource(handler: DataSourceTransactionHandler): void
  export function runTransaction<T>(
    work: () => Promise<T>,
    name: string,
    options: { dsName: string; config?: unknown },
  ): Promise<T>
  export function migrateDataSourcePG(
    exec: (sql: string) => Promise<readonly Record<string, unknown>[]>,
  ): Promise<void>
  export function assertStillOwnsWorkflow(workflowId: string): Promise<void>
}

declare module 'bullmq' {
  export interface ConnectionOptions {
    host: string
    port: number
    maxRetriesPerRequest: null
  }
  export interface JobOptions {
    jobId?: string
    removeOnComplete?: boolean
  }
  export class Queue {
    constructor(name: string, options: { connection: ConnectionOptions })
    add(name: string, data: unknown, options?: JobOptions): Promise<unknown>
    getJobCounts(...states: string[]): Promise<Record<string, number>>
    close(): Promise<void>
  }
  export class Worker {
    constructor(
      name: string,
      handler: (job: { data: unknown }) => Promise<void>,
      options: { connection: ConnectionOptions; concurrency: number; autorun?: boolean },
    )
    run(): Promise<void>
    on(event: 'error', listener: (error: Error) => void): this
    waitUntilReady(): Promise<unknown>
    close(): Promise<void>
  }
}
