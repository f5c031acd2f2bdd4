/** How a repository stands, by `git status`. */
export interface RepositoryStatus {
  head: string
  /** `(detached)` when none is checked out. */
  branch: string
  /** Paths that differ from the head, those that it does not know included. */
  changed: readonly string[]
  /** Paths that git is told to ignore; a folder stands for all that is in it and ends with `/`. */
  ignored: readonly string[]
}

export const statusArguments = [
  'status',
  '--porcelain=v2',
  '--branch',
  '-z',
  '--no-renames',
  '--untracked-files=all',
  '--ignored=matching',
] as const

/** Where the path stands in a line of each kind, counted in blanks. */
const blanksBefore: Readonly<Record<string, number>> = { '1': 8, u: 10, '?': 1, '!': 1 }

/** Reads what `git status` with these arguments says. */
export function readStatus(output: string): RepositoryStatus {
  let head = ''
  let branch = ''
  const changed: string[] = []
  const ignored: string[] = []
  for (const line of output.split('\0')) {
    const [, header, value = ''] = /^# branch\.(oid|head) (.*)$/s.exec(line) ?? []
    if (header === 'oid') head = value
    if (header === 'head') branch = value
    const kind = line.slice(0, 1)
    const blanks = blanksBefore[kind]
    if (blanks === undefined) continue
    const name = line.split(' ').slice(blanks).join(' ')
    if (kind === '!') ignored.push(name)
    else changed.push(name)
  }
  return { head, branch, changed, ignored }
}
