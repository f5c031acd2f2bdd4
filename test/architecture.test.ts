import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'

const source = resolve(import.meta.dirname, '../src')

/** The floors of the house, from the ground up; a file imports from its own floor or below. */
const floors: readonly (readonly string[])[] = [
  ['domain'],
  ['kiro'],
  ['model', 'store', 'access'],
  ['analysis', 'planning', 'sources', 'builds'],
  ['pipeline', 'live', 'ops'],
  ['http', 'cli'],
]

/** Rooms that stand aside: the runner is a process of its own and knows the words and the spec alone. */
const aside: Readonly<Record<string, readonly string[]>> = {
  runner: ['domain', 'kiro', 'runner'],
}

/** Imports across one floor that the design allows: cli starts what http serves. */
const acrossAllowed = new Set(['cli>http', 'access>store'])

function floorOf(room: string): number {
  return floors.findIndex((rooms) => rooms.includes(room))
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'testing' ? [] : files(path)
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') ? [path] : []
  })
}

interface Import {
  file: string
  from: string
  to: string
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8')
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+\.ts)'/g)
  const from = relative(source, file).split('/')[0] ?? ''
  return [...found].map((match) => {
    const target = relative(source, resolve(dirname(file), match[1] ?? ''))
    return { file: relative(source, file), from, to: target.split('/')[0] ?? '' }
  })
}

function isAllowed({ from, to }: Import): boolean {
  if (from === to) return true
  // Settings and composition stand at the front door; only the command line reads them.
  if (from === 'config.ts') return to === 'domain'
  if (to === 'config.ts') return from === 'cli'
  const rooms = aside[from]
  if (rooms !== undefined) return rooms.includes(to)
  if (aside[to] !== undefined) return from === 'cli'
  const difference = floorOf(from) - floorOf(to)
  return difference > 0 || (difference === 0 && acrossAllowed.has(`${from}>${to}`))
}

const all = files(source).flatMap(importsOf)

it('has only rooms that the plan of the house names', () => {
  const named = new Set([...floors.flat(), ...Object.keys(aside)])
  const rooms = readdirSync(source, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  expect(rooms.filter((room) => !named.has(room))).toEqual([])
})

it('imports downwards only', () => {
  expect(all.length).toBeGreaterThan(100)
  expect(all.filter((one) => !isAllowed(one))).toEqual([])
})

/** Packages, I/O, clocks, timers and randomness; `crypto.subtle`, which hashes, is none of them. */
const outside =
  /(?:from|import)\s*\(?\s*'(?!\.|zod')[^']+'|Date\.now|new Date\(\)|performance\.|set(?:Timeout|Interval)|Math\.random|randomUUID|getRandomValues|process\.|console\.|fetch\(/g

it('keeps domain and kiro free of everything outside', () => {
  const found = ['domain', 'kiro'].flatMap((room) =>
    files(join(source, room)).flatMap((file) =>
      (readFileSync(file, 'utf8').match(outside) ?? []).map(
        (what) => `${relative(source, file)}: ${what}`,
      ),
    ),
  )
  expect(found).toEqual([])
})

it.each([
  "import('node:fs')",
  "import { Pool } from 'pg'",
  'performance.now()',
  'crypto.randomUUID()',
])('takes %s for something outside', (text) => {
  expect(text.match(outside)).toHaveLength(1)
})

it('reads the environment in one place', () => {
  const readers = files(source).filter((file) => readFileSync(file, 'utf8').includes('process.env'))
  expect(readers.map((file) => relative(source, file))).toEqual(['cli/context.ts'])
})
