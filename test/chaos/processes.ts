import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // It ended meanwhile, or belongs to somebody else.
    return ''
  }
}

function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
  } catch {
    // Only Linux has it.
    return []
  }
}

function parentOf(pid: number): number {
  const stat = read(`/proc/${pid}/stat`)
  // The name in brackets may hold anything; the parent is the second field after it.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()
}

/** The process that this one has started with a word among its arguments. */
export function childWith(pid: number, word: string): number | undefined {
  return processIds().find((id) => parentOf(id) === pid && commandOf(id).split(' ').includes(word))
}

function folderOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}

/** Every process that works in a folder, was given it, or has it in its environment; with its command. */
export function processesOf(folder: string): string[] {
  return processIds()
    .filter((pid) => pid !== process.pid)
    .filter((pid) =>
      [folderOf(pid), read(`/proc/${pid}/cmdline`), read(`/proc/${pid}/environ`)].some((text) =>
        text.includes(folder),
      ),
    )
    .map((pid) => `${pid} ${commandOf(pid)}`)
}
