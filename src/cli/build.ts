import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { AppError, conflict } from '../domain/errors.ts'
import type { EventBody } from '../domain/event.ts'
import { isSettled } from '../domain/status.ts'
import { uploadTranscript } from '../pipeline/upload.ts'
import type { Context } from './context.ts'
import { makeProgress } from './progress.ts'
import { defaultSlots } from './serve.ts'
import { startSystem, type System } from './system.ts'

type Ended = { done: Extract<EventBody, { type: 'build.completed' }> } | { failed: string }

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

async function follow(context: Context, system: System, projectId: string): Promise<Ended> {
  const progress = makeProgress(context.output, '')
  let completed: Extract<EventBody, { type: 'build.completed' }> | undefined
  for await (const event of system.feed.follow(projectId, 0, context.stopped)) {
    progress.show(event)
    const { body } = event
    if (body.type === 'build.completed') completed = body
    if (body.type === 'project.status' && body.to === 'awaiting_approval') continue
    if (body.type !== 'project.status' || !isSettled(body.to)) continue
    progress.end()
    if (completed !== undefined && body.to === 'completed') return { done: completed }
    return { failed: body.reason ?? `The project ended as ${body.to}.` }
  }
  return { failed: 'Interrupted.' }
}

async function carryOut(
  context: Context,
  file: string,
  folder: string,
  work: string,
): Promise<void> {
  const { config, output } = context
  const system = await startSystem({
    ...context,
    config: {
      ...config,
      PORT: 0,
      HOST: '127.0.0.1',
      TALKWRIGHT_DATA: work,
      TALKWRIGHT_APPROVAL: 'auto',
    },
    storage: 'memory',
    slots: defaultSlots,
    buildsFolder: join(work, 'builds'),
    onFirstStart: () => output.say('Preparing a database in memory …'),
  })
  try {
    const { projectId } = await uploadTranscript(system.pipeline, {
      workspaceId: system.workspaceId,
      transcript: await readTranscriptFile(file),
      filename: basename(file),
      approval: 'auto',
    })
    if (projectId === null) {
      throw new AppError(
        'no_dialogue',
        'Nobody but the agent spoke in this transcript, so there is nothing to build.',
      )
    }
    const ended = await follow(context, system, projectId)
    if ('failed' in ended) throw new AppError('build_failed', ended.failed)
    const { done } = ended
    if (done.folder !== undefined) {
      await cp(done.folder, folder, { recursive: true, verbatimSymlinks: true })
    }
    output.result(`The project is in ${folder}`, {
      event: 'built',
      folder,
      ...done,
      type: undefined,
    })
  } finally {
    await system.stop()
  }
}

/**
 * The whole main job without a server: transcript to built project.
 *
 * @throws AppError when anything but a completed build comes of it.
 */
export async function buildCommand(context: Context, file: string, out: string): Promise<void> {
  const folder = await emptyFolder(out)
  const work = await mkdtemp(join(tmpdir(), 'talkwright-'))
  try {
    await carryOut(context, file, folder, work)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
