import { open, readFile, type FileHandle } from 'node:fs/promises'

/** An append-only file of lines, each counted 1, 2, 3 …; appended means on disk. */
export interface EventLog extends AsyncDisposable {
  /** The lines that are on disk. */
  readonly length: number
  /** Resolves once the line and all before it are synced to disk. */
  append(line: string): Promise<void>
  /** The lines numbered `from` to `to`, both included. */
  read(from: number, to: number): Promise<string[]>
  /** Closes the file when all is written; a further line opens it again. */
  rest(): Promise<void>
}

const newline = 0x0a

/** Where each complete line of the file ends, in bytes. */
function lineEnds(content: Buffer): number[] {
  const ends: number[] = []
  for (let at = content.indexOf(newline); at !== -1; at = content.indexOf(newline, at + 1)) {
    ends.push(at + 1)
  }
  return ends
}

/** Lines that wait for the disk together, so that a burst costs one sync. */
interface Batch {
  lines: string[]
  written: Promise<void>
}

/**
 * Opens the log and cuts off a last line that a crash tore. `onLine` sees every line that is
 * there already, in order.
 */
export async function openEventLog(
  file: string,
  onLine: (line: string) => void = () => undefined,
): Promise<EventLog> {
  const existing = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  })
  const ends = lineEnds(existing)
  for (const [index, end] of ends.entries()) {
    onLine(existing.toString('utf8', ends[index - 1] ?? 0, end - 1))
  }
  let handle: FileHandle | undefined
  let next: Batch | undefined
  let tail: Promise<void> = Promise.resolve()

  const write = async (batch: Batch) => {
    next = undefined
    handle ??= await openAt(file, ends.at(-1) ?? 0)
    const chunks = batch.lines.map((line) => Buffer.from(`${line}\n`))
    const start = ends.at(-1) ?? 0
    await writeAll(handle, Buffer.concat(chunks), start)
    await handle.datasync()
    let end = start
    for (const chunk of chunks) ends.push((end += chunk.length))
  }
  const rest = async () => {
    await tail.catch(() => undefined)
    const open = handle
    handle = undefined
    await open?.close()
  }
  return {
    get length() {
      return ends.length
    },
    append(line) {
      if (!next) {
        const batch: Batch = { lines: [], written: tail.then(() => write(batch)) }
        tail = batch.written
        next = batch
      }
      next.lines.push(line)
      return next.written
    },
    read: (from, to) => readLines(file, ends, from, to),
    rest,
    [Symbol.asyncDispose]: rest,
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer, start: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, start + done)
    done += bytesWritten
  }
}

async function openAt(file: string, length: number): Promise<FileHandle> {
  const handle = await open(file, 'r+').catch(() => open(file, 'w+'))
  await handle.truncate(length)
  return handle
}

async function readLines(file: string, ends: readonly number[], from: number, to: number) {
  const start = ends[from - 2] ?? 0
  const end = ends[Math.min(to, ends.length) - 1]
  if (end === undefined || end <= start) return []
  const handle = await open(file, 'r')
  try {
    const buffer = Buffer.alloc(end - start)
    await handle.read(buffer, 0, buffer.length, start)
    return buffer.toString('utf8').split('\n').slice(0, -1)
  } finally {
    await handle.close()
  }
}
