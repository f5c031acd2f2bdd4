import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import { Zip, ZipDeflate } from 'fflate'
import { AppError } from '../../domain/errors.ts'
import { readConfined } from './confined-files.ts'

const maxFiles = 10_000
const maxFileBytes = 32 * 1024 * 1024
const maxTotalBytes = 256 * 1024 * 1024

interface Entry {
  /** Relative to the workspace, with `/`. */
  name: string
  modified: Date
}

export function artifactTooLarge(): AppError {
  const message = 'The workspace is too large to download: fetch it from its folder instead.'
  return new AppError('artifact_too_large', message, { status: 413 })
}

/** The regular files of the workspace; links, `.git` and `node_modules` are left out. */
async function listFiles(workspace: string): Promise<Entry[]> {
  const entries: Entry[] = []
  let bytes = 0
  const visit = async (folder: string): Promise<void> => {
    const names = await readdir(path.join(workspace, folder))
    for (const name of names.sort()) {
      if (name === '.git' || name === 'node_modules') continue
      const relative = path.join(folder, name)
      const stat = await lstat(path.join(workspace, relative))
      if (stat.isDirectory()) await visit(relative)
      if (!stat.isFile()) continue
      bytes += stat.size
      entries.push({ name: relative.split(path.sep).join('/'), modified: stat.mtime })
      if (stat.size > maxFileBytes || bytes > maxTotalBytes || entries.length > maxFiles) {
        throw artifactTooLarge()
      }
    }
  }
  await visit('')
  return entries
}

/** The bytes of a zip, made file by file as they are asked for. */
async function* zipFiles(workspace: string, entries: readonly Entry[]): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = []
  let failure: Error | undefined
  const zip = new Zip((error, chunk) => {
    if (error) failure = error
    else ready.push(chunk)
  })
  const take = () => {
    if (failure) throw failure
    const chunks = ready
    ready = []
    return chunks
  }
  for (const { name, modified } of entries) {
    const file = new ZipDeflate(name)
    // The format knows no year before 1980.
    file.mtime = modified.getFullYear() < 1980 ? new Date(1980, 0, 1) : modified
    zip.add(file)
    file.push(await readConfined(workspace, name, maxFileBytes), true)
    yield* take()
  }
  zip.end()
  yield* take()
}

/**
 * The workspace as a zip without `.git` and `node_modules`, as a stream that holds one file at a
 * time. Throws `artifact_too_large` before the first byte.
 */
export async function zipWorkspace(workspace: string): Promise<ReadableStream<Uint8Array>> {
  const entries = await listFiles(workspace)
  const chunks = zipFiles(workspace, entries)
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await chunks.return(undefined)
    },
  })
}
