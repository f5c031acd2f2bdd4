import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import path from 'node:path'

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

/** A program as a search path gives it. */
export interface FoundProgram {
  /** Where the search path has it. */
  file: string
  /** The same without links. */
  real: string
}

/** Finds a program as the system would: by the search path, or by the path that it is named with. */
export function findProgram(command: string, searchPath: string): FoundProgram | undefined {
  const places = command.includes(path.sep)
    ? [path.resolve(command)]
    : searchPath
        .split(path.delimiter)
        .filter((folder) => path.isAbsolute(folder))
        .map((folder) => path.join(folder, command))
  const file = places.find(isExecutable)
  return file === undefined ? undefined : { file, real: realpathSync(file) }
}
