import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { ways } from '../../src/model/testing/harness.ts'
import { findDeno } from '../support/find-parts.ts'

const root = resolve(import.meta.dirname, '../..')
const deno = findDeno(root)

it.skipIf(deno === undefined)('asks models on Deno as on Node', async () => {
  const program = join(root, 'test/portable/ask-models.ts')
  const { stdout } = await promisify(execFile)(
    deno ?? 'deno',
    ['run', '--allow-all', '--no-check', '--node-modules-dir=manual', '--no-lock', program],
    { cwd: root, env: { ...process.env, NO_COLOR: '1' } },
  )
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
  expect(lines).toEqual([
    ...ways.map((way) => ({ way, sum: 5, repairs: 1 })),
    { code: 'model_overloaded', retryAfterSeconds: 7 },
    { code: 'model_timeout' },
  ])
})
