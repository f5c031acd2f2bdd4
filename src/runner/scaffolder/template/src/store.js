import { mkdir, open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'

/**
 * Records by list and id, kept in one JSON file. A change is on disk before it is answered: the
 * whole file is written anew beside the old one and then takes its place.
 */
export async function openStore(folder) {
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, 'records.json')
  let lists = await read(file)
  let last = Promise.resolve()

  const change = (edit) => {
    const next = last.then(async () => {
      const changed = new Map([...lists].map(([name, records]) => [name, new Map(records)]))
      const result = edit((name) => listOf(changed, name))
      await write(file, changed)
      lists = changed
      return result
    })
    // One change at a time; a failed one does not stop the next.
    last = next.catch(() => undefined)
    return next
  }

  return {
    list: (name) => [...(lists.get(name)?.values() ?? [])],
    get: (name, id) => lists.get(name)?.get(id),
    /** Runs `edit` alone; what it throws leaves everything as it was. */
    change,
    idle: () => last,
  }
}

function listOf(lists, name) {
  const found = lists.get(name) ?? new Map()
  lists.set(name, found)
  return found
}

async function read(file) {
  const text = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return '[]'
    throw error
  })
  return new Map(
    JSON.parse(text).map(([name, records]) => [
      name,
      new Map(records.map((record) => [record.id, record])),
    ]),
  )
}

async function write(file, lists) {
  const content = JSON.stringify([...lists].map(([name, records]) => [name, [...records.values()]]))
  const fresh = `${file}.new`
  const handle = await open(fresh, 'w')
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(fresh, file)
}
