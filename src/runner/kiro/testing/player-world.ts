import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** What players note of what they see, one JSON value a line, in the build's home. */
export const Note = z.union([
  z.object({ launched: z.array(z.string()), environment: z.record(z.string(), z.string()) }),
  z.object({ heard: z.looseObject({ method: z.string().optional() }) }),
])
export type Note = z.infer<typeof Note>

const notesFile = (cwd: string) => path.join(cwd, '../home/kiro-notes.jsonl')

export function readNotes(cwd: string): Note[] {
  const file = notesFile(cwd)
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => Note.parse(JSON.parse(line)))
}

export function writeNote(cwd: string, note: Note): void {
  appendFileSync(notesFile(cwd), `${JSON.stringify(note)}\n`)
}

export function writeFile(cwd: string, file: string, content: string): void {
  mkdirSync(path.dirname(path.join(cwd, file)), { recursive: true })
  writeFileSync(path.join(cwd, file), content)
}

/** Sets the box of a task as Kiro does: one character of tasks.md. */
export function markTask(tasksFile: string, number: string, box: string): void {
  const lines = readFileSync(tasksFile, 'utf8').split('\n')
  const task = new RegExp(`^(\\s*- )\\[.\\](\\*? ${number.replaceAll('.', '\\.')}\\.? )`)
  writeFileSync(tasksFile, lines.map((line) => line.replace(task, `$1[${box}]$2`)).join('\n'))
}

export function commitAll(cwd: string, subject: string): void {
  execFileSync('git', ['add', '--all'], { cwd })
  execFileSync('git', ['commit', '--quiet', '--message', subject], { cwd })
}

/** A process that outlives a polite end, seen by the connection that it holds. */
export function leaveChild(port: string): void {
  const code = `process.on('SIGTERM', () => {})
const socket = require('node:net').connect(${Number(port)}, '127.0.0.1', () => socket.write('up'))
setInterval(() => {}, 1000)`
  spawn(process.execPath, ['-e', code], { stdio: 'ignore' })
}
