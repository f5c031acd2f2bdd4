import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import { AppError, conflict } from '../domain/errors.ts'

/** @throws AppError `out_not_empty` when something would be overwritten. */
export async function emptyFolder(out: string): Promise<string> {
  const folder = resolve(out)
  await mkdir(folder, { recursive: true })
  if ((await readdir(folder)).length > 0) {
    throw conflict('out_not_empty', `${folder} is not empty. Name a new folder with --out.`)
  }
  return folder
}

/** @throws AppError `file_unreadable` */
export async function readTranscriptFile(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('file_unreadable', `${file} cannot be read. Check its name and rights.`, {
      cause,
    })
  })
}

/** The folder of a server's builds. */
export function buildsFolder(config: Config): string {
  return join(config.TALKWRIGHT_DATA, 'builds')
}
