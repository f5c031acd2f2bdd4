import type { TestProject } from 'vitest/node'
import { findPostgres } from './find-parts.ts'
import { startPostgres } from './postgres-cluster.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser URL of the tests' own PostgreSQL; empty when there is none on this machine. */
    postgresUrl: string
  }
}

/** Starts one PostgreSQL for the whole run; every test makes databases of its own on it. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const binaries = findPostgres(process.env)
  if (binaries === undefined) {
    project.provide('postgresUrl', '')
    return undefined
  }
  const cluster = await startPostgres(binaries)
  project.provide('postgresUrl', cluster.url)
  return () => cluster.stop()
}
