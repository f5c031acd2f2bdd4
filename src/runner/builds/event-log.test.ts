import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEventLog } from './event-log.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'talkwright-log-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('gives lines back by number, also those that were appended together', async () => {
  await using log = await openEventLog(path.join(folder, 'a'))
  await Promise.all(['one', 'zwei ✓', 'three'].map((line) => log.append(line)))
  expect(log.length).toBe(3)
  expect(await log.read(2, 2)).toEqual(['zwei ✓'])
  expect(await log.read(2, 9)).toEqual(['zwei ✓', 'three'])
  expect(await log.read(4, 9)).toEqual([])
})

test('cuts off a line that a crash tore, and goes on after the last whole one', async () => {
  const file = path.join(folder, 'b')
  {
    await using log = await openEventLog(file)
    await log.append('whole')
  }
  await appendFile(file, '{"half":')
  const seen: string[] = []
  await using log = await openEventLog(file, (line) => seen.push(line))
  expect(seen).toEqual(['whole'])
  await log.append('next')
  expect(await readFile(file, 'utf8')).toBe('whole\nnext\n')
})

test('refuses every further line after one could not be written', async () => {
  await using log = await openEventLog(path.join(folder, 'missing', 'c'))
  await expect(log.append('lost')).rejects.toThrow(/ENOENT/)
  await expect(log.append('later')).rejects.toThrow(/ENOENT/)
  expect(log.length).toBe(0)
})
