import { constants } from 'node:fs'
import { lstat, mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../../domain/errors.ts'

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY, O_TRUNC, O_WRONLY } = constants

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

/** Walks down to the file's folder without following a link; makes missing folders when asked to. */
async function enterFolders(root: string, given: string, make: boolean): Promise<string> {
  const parts = partsWithin(root, given)
  let folder = root
  for (const part of parts.slice(0, -1)) {
    folder = path.join(folder, part)
    if (make) {
      await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      })
    }
    if (!(await lstat(folder)).isDirectory()) throw outside(given)
  }
  return path.join(root, ...parts)
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
  const file = await enterFolders(root, given, true)
  const flags = O_WRONLY | O_CREAT | O_NOFOLLOW | (exclusive ? O_EXCL : O_TRUNC)
  const handle = await open(file, flags, 0o644)
  try {
    await handle.writeFile(content)
  } finally {
    await handle.close()
  }
}

/** Reads a regular file below `root`, which must be a real path, of at most `maxBytes`. */
export async function readConfined(root: string, given: string, maxBytes: number): Promise<Buffer> {
  const file = await enterFolders(root, given, false)
  const handle = await open(file, O_RDONLY | O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw outside(given)
    if (stat.size > maxBytes) {
      throw new AppError('file_too_large', `${given} is larger than ${maxBytes} bytes.`, {
        status: 413,
      })
    }
    const buffer = Buffer.alloc(stat.size)
    const { bytesRead } = await handle.read(buffer, 0, stat.size, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
