import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'

const page = join(import.meta.dirname, '../../dist/page')
const most = 200_000

/** The page's HTML with all that it loads before anything is shown, as it stands when built by `npm run page`. */
function firstLoad(): { name: string; bytes: number }[] {
  const html = readFileSync(join(page, 'index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, name = '']) => name)
  return ['index.html', ...new Set(named)].map((name) => ({
    name,
    bytes: gzipSync(readFileSync(join(page, name))).length,
  }))
}

it('loads less than 200 kB, compressed, before it shows anything', () => {
  const files = firstLoad()
  expect(files.some(({ name }) => name.endsWith('.js'))).toBe(true)
  expect(files.some(({ name }) => name.endsWith('.css'))).toBe(true)
  expect(files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(most)
})
