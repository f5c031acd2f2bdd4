import { readdir, readFile } from 'node:fs/promises'
import type { Template } from './render-app.ts'

const folders = ['src', 'public', 'test', 'testing']

/** Reads the fixed part of the app, which stands beside this file as ordinary source. */
export async function loadTemplate(): Promise<Template> {
  const root = new URL('./template/', import.meta.url)
  const files = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(new URL(`${folder}/`, root))
      return names.sort().map((name) => `${folder}/${name}`)
    }),
  )
  const entries = files.flat().map(async (path): Promise<[string, string]> => {
    return [path, await readFile(new URL(path, root), 'utf8')]
  })
  return new Map(await Promise.all(entries))
}
