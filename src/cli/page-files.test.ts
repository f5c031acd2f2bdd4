import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pageFiles } from './page-files.ts'

let root: string
let get: ReturnType<typeof pageFiles>
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'talkwright-page-'))
  await mkdir(join(root, 'page/assets'), { recursive: true })
  await writeFile(join(root, 'secret.json'), '{}')
  await writeFile(join(root, 'page/index.html'), '<p>page</p>')
  await writeFile(join(root, 'page/assets/app-1a2b.js'), 'x')
  get = pageFiles(join(root, 'page'))
})
afterAll(async () => {
  await rm(root, { recursive: true })
})

it('gives the page for its own routes', async () => {
  const places = ['/', '/call', '/operate', '/settings', '/projects/0b7f-11']
  for (const path of [...places, '/projects/0b7f-11/plan']) {
    const response = await get(path)
    expect(await response?.text()).toBe('<p>page</p>')
    expect(response?.headers.get('cache-control')).toBe('no-cache')
  }
})

it('lets browsers keep files whose name holds a hash', async () => {
  const response = await get('/assets/app-1a2b.js')
  expect(response?.headers.get('cache-control')).toContain('immutable')
  expect(response?.headers.get('content-type')).toContain('text/javascript')
})

it.each([
  '/../secret.json',
  '/assets/../../secret.json',
  '/%2e%2e/secret.json',
  '/v1/x',
  '/.sources',
  '/assets',
])('gives nothing for %s', async (path) => {
  expect(await get(path)).toBeUndefined()
})
