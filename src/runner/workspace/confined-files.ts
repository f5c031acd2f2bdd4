import { constants, existsSync } from 'node:fs'
import { mkdir, open, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../domain/errors.ts'

const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants

function outside(given: string): AppError {
  return new AppError('path_outside_workspace', `${given} does not lie within the workspace.`, {
    status: 403,
  })
}

/** The parts of a path below the root; throws for the root itself, what lies outside, and `.git`. */
export function partsWithin(root: string, given: string): string[] {
  if (given.includes('\0')) throw outside('The path')
  const relative = path.relative(root, path.resolve(root, given))
  const parts = relative.split(path.sep)
  const escapes = relative === '' || parts[0] === '..' || path.isAbsolute(relative)
  if (escapes || parts.some((part) => part.toLowerCase() === '.git')) throw outside(given)
  return parts
}

/** Whether a path lies within the root by its text alone. */
export function isWithin(root: string, given: string): boolean {
  try {
    partsWithin(root, given)
    return true
  } catch {
    return false
  }
}

const isThere = (error: NodeJS.ErrnoException) => error.code === 'EEXIST'
const isLink = (error: NodeJS.ErrnoException) =>
  error.code === 'ELOOP' || error.code === 'ENOTDIR' || error.code === 'EMLINK'

/** Where Linux shows the open folders of this process, so that what lies in one can be named by it. */
const openFolders = '/proc/self/fd'

/** Makes a folder; one that is there is no error. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (!isThere(error)) throw error
  })
}

/**
 * Holds each folder on the way down open and names the next one by it: what the agent exchanges for
 * a link meanwhile is not followed. `file` is the path to use while `use` runs.
 */
async function enterByHandles<T>(
  root: string,
  parts: readonly string[],
  make: boolean,
  use: (file: string) => Promise<T>,
): Promise<T> {
  let handle = await open(root, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
  try {
    for (const part of parts.slice(0, -1)) {
      const next = path.join(openFolders, String(handle.fd), part)
      if (make) await makeFolder(next)
      const entered = await open(next, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
      await handle.close()
      handle = entered
    }
    return await use(path.join(openFolders, String(handle.fd), parts.at(-1) ?? ''))
  } finally {
    await handle.close()
  }
}

/** The same by names, for systems that show no open folders: a link that is made meanwhile is followed. */
async function enterByNames<T>(
  root: string,
  parts: readonly string[],
  make: boolean,
  use: (file: string) => Promise<T>,
): Promise<T> {
  let folder = root
  for (const part of parts.slice(0, -1)) {
    folder = path.join(folder, part)
    if (make) await makeFolder(folder)
    await (await open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)).close()
  }
  return use(path.join(root, ...parts))
}

/**
 * Goes down to the folder of a path, given by its parts below `root`, which must be a real path, and
 * hands over the path to use while `use` runs; makes missing folders when asked to. No link on the way
 * is followed, whoever puts it there; what the last part is, is the business of `use`.
 *
 * @throws AppError `path_outside_workspace` where something on the way is no folder.
 */
export async function enterConfined<T>(
  root: string,
  parts: readonly string[],
  make: boolean,
  use: (file: string) => Promise<T>,
): Promise<T> {
  const enter = existsSync(openFolders) ? enterByHandles : enterByNames
  try {
    return await enter(root, parts, make, use)
  } catch (error) {
    if (isLink(error as NodeJS.ErrnoException)) throw outside(parts.join('/'))
    throw error
  }
}

/** Goes down to a file's folder, as far as its path lies below the root. */
function within<T>(
  root: string,
  given: string,
  make: boolean,
  use: (file: string) => Promise<T>,
): Promise<T> {
  return enterConfined(root, partsWithin(root, given), make, use)
}

/** Opens what must be a regular file: no folder, no device, and no pipe, which would keep us waiting. */
async function withFile<T>(
  file: string,
  given: string,
  flags: number,
  use: (handle: FileHandle, size: number) => Promise<T>,
): Promise<T> {
  const handle = await open(file, flags | O_NOFOLLOW | O_NONBLOCK, 0o644)
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw outside(given)
    return await use(handle, stat.size)
  } finally {
    await handle.close()
  }
}

/**
 * Writes a text file below `root`, which must be a real path. Links are never followed. With
 * `exclusive` an existing file is an error, else it is replaced.
 */
export async function writeConfined(
  root: string,
  given: string,
  content: string,
  exclusive: boolean,
): Promise<void> {
  const flags = O_WRONLY | O_CREAT | (exclusive ? O_EXCL : 0)
  await within(root, given, true, (file) =>
    withFile(file, given, flags, async (handle) => {
      await handle.truncate()
      await handle.writeFile(content)
    }),
  )
}

/** Reads a regular file below `root`, which must be a real path, of at most `maxBytes`. */
export async function readConfined(root: string, given: string, maxBytes: number): Promise<Buffer> {
  return within(root, given, false, (file) =>
    withFile(file, given, O_RDONLY, async (handle, size) => {
      if (size > maxBytes) {
        throw new AppError('file_too_large', `${given} is larger than ${maxBytes} bytes.`, {
          status: 413,
        })
      }
      const buffer = Buffer.alloc(size)
      const { bytesRead } = await handle.read(buffer, 0, size, 0)
      return buffer.subarray(0, bytesRead)
    }),
  )
}
