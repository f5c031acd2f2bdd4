import { afterEach, beforeEach } from 'vitest'
import { servedModels, testKey } from './harness.ts'
import { type ModelServer, startModelServer } from './model-server.ts'

/** For calls that nobody stops. */
export const never = new AbortController().signal

/** Gives each test of the file a model server of its own, with all models that the tests name. */
export function serveModels(): () => ModelServer {
  let server: ModelServer | undefined
  beforeEach(async () => {
    server = await startModelServer({ key: testKey, models: servedModels })
  })
  afterEach(async () => {
    await server?.[Symbol.asyncDispose]()
  })
  return () => {
    if (server === undefined) throw new Error('The model server runs within a test only.')
    return server
  }
}
