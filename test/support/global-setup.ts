import type { TestProject } from 'vitest/node'
import { Client } from 'pg'
import { findPostgres } from './find-parts.ts'
import { startPostgres } from './postgres-cluster.ts'
import { prepareEmbedded, preparePostgres, templateName } from './prepared.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser URL of the tests' own PostgreSQL; empty when there is none on this machine. */
    postgresUrl: string
    /** A folder with an embedded database to begin with; see `prepareEmbedded`. */
    prepared: string
  }
}

async function makeTemplate(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(`create database ${templateName}`)
  await client.end()
  const address = new URL(url)
  address.pathname = `/${templateName}`
  await preparePostgres(address.href)
}

/** Starts one PostgreSQL for the whole run; every test makes databases of its own on it. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  project.provide('prepared', await prepareEmbedded())
  const binaries = findPostgres(process.env)
  if (binaries === undefined) {
    project.provide('postgresUrl', '')
    return undefined
  }
  const cluster = await startPostgres(binaries)
  await makeTemplate(cluster.url)
  project.provide('postgresUrl', cluster.url)
  return () => cluster.stop()
}
