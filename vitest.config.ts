import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,client,test,bench,eval,conformance,scripts,web,examples}/**/*.test.{ts,tsx}'],
    globalSetup: ['test/support/global-setup.ts'],
    // A real database and real processes start inside tests; the time limit is only a safety net.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    // Much of a test is waiting for other processes, and each file has servers of its own.
    maxWorkers: Math.min(4, availableParallelism() + 1),
    passWithNoTests: false,
  },
})
