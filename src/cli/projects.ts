import { basename } from 'node:path'
import { z } from 'zod'
import { type AppError, toAppError } from '../domain/errors.ts'
import { isEmptyDiff, type StatedRequirement } from '../domain/plan-diff.ts'
import {
  AnsweredView,
  BriefView,
  ConversationCreatedView,
  LintFindingView,
  PlanDiffView,
  PlanView,
  type ProjectListItemView,
  ProjectListView,
} from '../http/views.ts'
import type { Context } from './context.ts'
import { findingLine } from './finding-line.ts'
import { readTranscriptFile } from './files.ts'
import { uuid } from './options.ts'
import { printable } from './output.ts'
import { readPages, sayPage, type Stretch, type Table } from './pages.ts'
import { serverClient } from './server-client.ts'
import { readDocuments, readMarker, writeFiles, writeMarker } from './working-copy.ts'

/** @throws AppError `bad_option` for what is no id */
function projectPath(id: string, rest: string): string {
  return `/v1/projects/${uuid('project', id)}${rest}`
}

const table: Table<ProjectListItemView> = {
  heads: ['PROJECT', 'STATUS', 'TITLE'],
  cells: ({ id, status, title }) => [id, status, printable(title)],
  facts: (item) => item,
  none: 'There are no projects.',
}

/** Lists the projects of the key's workspace, the newest first. @throws AppError `bad_cursor` */
export async function listProjectsCommand(context: Context, stretch: Stretch): Promise<void> {
  const server = serverClient(context)
  const projects = await readPages(stretch, async ({ limit, cursor }) => {
    const query = new URLSearchParams({ limit: String(limit) })
    if (cursor !== undefined) query.set('cursor', cursor)
    const page = await server.ask(ProjectListView, 'GET', `/v1/projects?${query.toString()}`)
    return { items: page.items, next: page.nextCursor }
  })
  sayPage(context.output, projects, table)
}

/** Lists what the newest brief leaves open: questions, and statements that contradict each other. */
export async function questionsCommand(context: Context, id: string): Promise<void> {
  const { output } = context
  const path = projectPath(id, '/brief')
  const { version, brief } = await serverClient(context).ask(BriefView, 'GET', path)
  const open = [
    ...brief.openQuestions.map(({ question: text, ...rest }) => ({ ...rest, text })),
    ...brief.contradictions.map(({ statement: text, ...rest }) => ({ ...rest, text })),
  ]
  if (open.length === 0) output.say('Nothing is open.')
  for (const { id: question, text, citations } of open) {
    const said = citations.map(({ turn, quote }) => `\n    ${turn}  “${printable(quote)}”`)
    const facts = { question, text, citations, briefVersion: version }
    output.result(`${question}  ${printable(text)}${said.join('')}`, facts)
  }
}

/** Answers what the newest brief leaves open; the talk is analysed anew with the answer. */
export async function answerCommand(
  context: Context,
  id: string,
  given: { question: string; text: string; holds?: string },
): Promise<void> {
  const server = serverClient(context)
  const { version } = await server.ask(BriefView, 'GET', projectPath(id, '/brief'))
  const body = { briefVersion: version, answers: [given] }
  const answered = await server.ask(AnsweredView, 'POST', projectPath(id, '/answers'), body)
  const turn = answered.turns.at(-1)?.id ?? ''
  const text = `The answer is turn ${turn} of the talk. A new version of the plan is being made.`
  context.output.result(text, { event: 'question.answered', ...answered })
}

/** Adds a further talk to a project. */
export async function addTalkCommand(context: Context, id: string, file: string): Promise<void> {
  const transcript = await readTranscriptFile(file)
  const body = { transcript, filename: basename(file), project: uuid('project', id) }
  const server = serverClient(context)
  const added = await server.ask(ConversationCreatedView, 'POST', '/v1/conversations', body)
  const text =
    added.projectId === null
      ? 'No client speaks in this transcript, so nothing changes.'
      : 'The talk is added. A new version of the plan is made; during a build, after it.'
  context.output.result(text, { event: 'talk.added', ...added })
}

/** Writes a plan into a folder, to read or to edit it there. */
export async function pullCommand(
  context: Context,
  id: string,
  options: { out: string; version?: number },
): Promise<void> {
  const query = options.version === undefined ? '' : `?version=${options.version}`
  const path = projectPath(id, `/plan${query}`)
  const { version, hash, plan } = await serverClient(context).ask(PlanView, 'GET', path)
  await writeFiles(options.out, plan.files)
  const spec = `.kiro/specs/${plan.feature}`
  await writeMarker(options.out, { project: id, version, planHash: hash, spec })
  const text = `Version ${version} of the plan is in ${options.out}/${spec}.`
  context.output.result(text, { event: 'plan.pulled', version, hash, folder: options.out })
}

/** What the linter found in documents that were refused, as `talkwright lint` says it. */
function sayFindings({ output }: Context, error: AppError): void {
  const { data } = z.array(LintFindingView).safeParse(error.details['errors'])
  for (const finding of data ?? []) output.result(findingLine(finding), finding)
}

/**
 * Sends an edited plan back: it becomes the project's next version and waits for approval.
 *
 * @throws AppError `not_pulled`, `plan_changed` when there is a newer version, `plan_not_valid`
 */
export async function pushCommand(context: Context, folder: string): Promise<void> {
  const marker = await readMarker(folder)
  const { planHash, project } = marker
  const body = { planHash, documents: await readDocuments(folder, marker) }
  try {
    const { version, hash, lint, plan } = await serverClient(context).ask(
      PlanView,
      'PUT',
      projectPath(project, '/plan'),
      body,
    )
    // What was taken out is listed as retired, with tasks that remove it.
    await writeFiles(folder, plan.files)
    await writeMarker(folder, { ...marker, version, planHash: hash })
    const text = `It is version ${version} of the plan, with ${lint.length} warnings, and waits for approval.\nIts hash is ${hash}`
    const facts = { event: 'plan.pushed', version, hash, warnings: lint.length }
    context.output.result(text, facts)
  } catch (thrown) {
    sayFindings(context, toAppError(thrown))
    throw thrown
  }
}

function signed(sign: string, ref: string, text: string): string {
  return `${sign} ${ref}  ${printable(text)}`
}

/** A difference as lines: `+` added, `~` changed, `-` retired or removed. */
function diffLines({ requirements, tasks }: PlanDiffView): string[] {
  const whole = (sign: string, { ref, title, criteria }: StatedRequirement) => [
    signed(sign, ref, title),
    ...criteria.map((one) => signed(sign, one.ref, one.text)),
  ]
  return [
    ...requirements.added.flatMap((one) => whole('+', one)),
    ...requirements.changed.flatMap(({ ref, title, criteria }) => [
      signed('~', ref, title),
      ...criteria.added.map((one) => signed('+', one.ref, one.text)),
      ...criteria.changed.map((one) => signed('~', one.ref, one.after)),
      ...criteria.retired.map((one) => signed('-', one.ref, one.text)),
    ]),
    ...requirements.retired.flatMap((one) => whole('-', one)),
    ...tasks.added.map(({ number, title }) => signed('+', `task ${number}`, title)),
    ...tasks.changed.map(({ number, title }) => signed('~', `task ${number}`, title)),
    ...tasks.removed.map(({ number, title }) => signed('-', `task ${number}`, title)),
  ]
}

/** Says what one version of a plan changed: the newest against the one before it, unless said. */
export async function diffCommand(
  context: Context,
  id: string,
  options: { from?: number; to?: number },
): Promise<void> {
  const query = new URLSearchParams()
  if (options.from !== undefined) query.set('from', String(options.from))
  if (options.to !== undefined) query.set('to', String(options.to))
  const path = projectPath(id, `/plan/diff?${query.toString()}`)
  const diff = await serverClient(context).ask(PlanDiffView, 'GET', path)
  const lines = [`From version ${diff.from} to version ${diff.to}:`, ...diffLines(diff)]
  if (isEmptyDiff(diff)) lines.push('Nothing differs in requirements and tasks.')
  context.output.result(lines.join('\n'), diff)
}
