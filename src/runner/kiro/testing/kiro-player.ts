import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { commitAll, leaveChild, markTask, readNotes, writeFile, writeNote } from './player-world.ts'
import { recordedScene } from './recorded-scene.ts'
import type { Scene, Step } from './scene.ts'
import { scenes } from './scenes.ts'
import { followStatuses } from './told-statuses.ts'

/**
 * A stand-in for `kiro-cli` that speaks its protocol as a process: `node kiro-player.ts <scene>
 * <value> <what kiro-cli is given>`. A scene is one of `scenes`, or the path of a recording.
 */

const [name = '', value = '', ...given] = process.argv.slice(2)
const cwd = process.cwd()
const specs = path.join(cwd, '.kiro/specs')
const tasksFile = path.join(specs, readdirSync(specs)[0] ?? '', 'tasks.md')
const statuses = followStatuses(tasksFile)

const Message = z.looseObject({
  id: z.union([z.number(), z.string()]).optional(),
  method: z.string().optional(),
})
type Message = z.infer<typeof Message>

const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
let asked = 0

function send(message: object): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}

/** The next message of the client; without one, Kiro ends. */
async function hear(): Promise<Message> {
  const { value: line, done } = await input.next()
  if (done) process.exit(0)
  const message = Message.parse(JSON.parse(line))
  writeNote(cwd, { heard: message })
  return message
}

const isCalled = ({ method = '' }: Message, called: string) =>
  method === called || method.endsWith(`/${called}`)

/** Waits for a message; answers what else it is asked meanwhile. */
async function hearUntil(wanted: (message: Message) => boolean): Promise<Message> {
  for (;;) {
    const message = await hear()
    if (wanted(message)) return message
    if (message.method === undefined || message.id === undefined) continue
    const { id, method } = message
    if (isCalled(message, 'spec/getTaskStatuses')) send({ id, result: statuses.now() })
    else send({ id, error: { code: -32601, message: `Method not found: ${method}` } })
  }
}

async function take(step: Step): Promise<void> {
  if ('await' in step) {
    const { id } = await hearUntil((message) => isCalled(message, step.await))
    for (const before of step.before ?? []) await take(before)
    send(step.error ? { id, error: step.error } : { id, result: step.answer ?? {} })
  } else if ('tell' in step) {
    statuses.told(step.params)
    send({ method: step.tell, params: step.params })
  } else if ('ask' in step) {
    // Numbered from 0 as Kiro does, so that these ids are the client's own too.
    const id = asked
    asked += 1
    send({ id, method: step.ask, params: step.params })
    await hearUntil((message) => message.id === id && message.method === undefined)
  } else if ('print' in step) process.stdout.write(step.print)
  else if ('warn' in step) process.stderr.write(step.warn)
  else if ('write' in step) writeFile(cwd, step.write, step.content)
  else if ('mark' in step) markTask(tasksFile, step.mark, step.box)
  else if ('commit' in step) commitAll(cwd, step.commit)
  else if ('leaveChild' in step) leaveChild(step.leaveChild)
  else if ('hang' in step) await new Promise(() => setInterval(() => undefined, 60_000))
  else process.exit(step.exit)
}

/** The steps of this start of `kiro-cli`, with the places and the value filled in. */
function stepsOf(scene: Scene): Step[] {
  const launches = readNotes(cwd).filter((note) => 'launched' in note).length
  const steps = scene[Math.min(launches, scene.length - 1)] ?? []
  const text = JSON.stringify(steps).replaceAll('{{cwd}}', cwd).replaceAll('{{value}}', value)
  return JSON.parse(text)
}

const scene = scenes[name] ?? recordedScene(readFileSync(name, 'utf8'), given)
const steps = stepsOf(scene)
const environment = Object.fromEntries(
  Object.entries(process.env).map(([key, text]) => [key, text ?? '']),
)
writeNote(cwd, { launched: given, environment })
for (const step of steps) await take(step)
await hearUntil(() => false)
