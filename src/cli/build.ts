import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { defaultSlots } from '../domain/capacity.ts'
import { AppError } from '../domain/errors.ts'
import type { ApprovalHold, EventBody, ProjectEvent } from '../domain/event.ts'
import { isSettled } from '../domain/status.ts'
import { uploadTranscript } from '../pipeline/upload.ts'
import { parseTranscript } from '../sources/transcripts/parse.ts'
import { getBrief } from '../store/briefs.ts'
import { getProject } from '../store/projects.ts'
import type { Context } from './context.ts'
import { sayEstimate } from './estimate.ts'
import { emptyFolder, readTranscriptFile } from './files.ts'
import { makeProgress } from './progress.ts'
import { startSystem, type System } from './system.ts'

type Ended = { done: Extract<EventBody, { type: 'build.completed' }> } | { failed: string }

/** The runner's own folder goes away with the command; the result is in the folder asked for. */
function withoutFolder(event: ProjectEvent): ProjectEvent {
  if (event.body.type !== 'build.completed') return event
  const { folder: _gone, ...body } = event.body
  return { ...event, body }
}

/** What somebody reads whose plan waits for a person, who cannot be asked here. */
function needsPerson(held: readonly ApprovalHold[]): string {
  const reasons = held.map(({ message }) => message).join(' ')
  return `A standing approval does not cover the plan. ${reasons} Run \`talkwright serve\`, upload the transcript on the page and approve the plan there, or take the plan alone with \`talkwright plan\`.`
}

const planAlone =
  'Nothing was written; `talkwright plan` writes the plan alone, for a person or another builder.'

async function follow(context: Context, system: System, projectId: string): Promise<Ended> {
  const progress = makeProgress(context.output, '')
  let isPlanned = false
  let completed: Extract<EventBody, { type: 'build.completed' }> | undefined
  try {
    for await (const event of system.feed.follow(projectId, 0, context.stopped)) {
      const { body } = event
      progress.show(withoutFolder(event))
      if (body.type === 'build.completed') completed = body
      if (body.type === 'brief.ready') {
        const { brief } = await getBrief(system.database.db, projectId)
        sayEstimate(context.output, system.pipeline, { talk: { turns: [] }, brief }, 'plan')
      }
      // The approval, if there is one, was committed together with the plan.
      if (body.type === 'plan.ready') {
        isPlanned = true
        const { status } = await getProject(system.database.db, projectId)
        if (status === 'awaiting_approval') return { failed: needsPerson(body.held ?? []) }
      }
      if (body.type !== 'project.status') continue
      // A pause waits for a person, who has no way to end it here.
      if (!isSettled(body.to) && body.to !== 'paused') continue
      if (completed !== undefined && body.to === 'completed') return { done: completed }
      const reason = body.reason ?? `The project ended as ${body.to}.`
      return { failed: isPlanned ? `${reason} ${planAlone}` : reason }
    }
  } finally {
    progress.end()
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
    const transcript = await readTranscriptFile(file)
    const filename = basename(file)
    const talk = { turns: parseTranscript(transcript, { filename }).turns }
    sayEstimate(output, system.pipeline, { talk, brief: undefined }, 'analyse')
    const { projectId } = await uploadTranscript(system.pipeline, {
      workspaceId: system.workspaceId,
      transcript,
      filename,
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
    const { done: tasksDone, total, tests, commit } = done
    output.result(`The project is in ${folder}`, {
      event: 'built',
      folder,
      tasks: { done: tasksDone, total },
      tests,
      commit,
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
