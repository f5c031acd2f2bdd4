import { invalidInput } from '../domain/errors.ts'
import { Stage } from '../domain/status.ts'
import { letterView } from '../http/queue.ts'
import { dismiss, type LetterChoice, redrive } from '../pipeline/redrive.ts'
import { type DeadLetterRow, pageOfLetters } from '../store/dead-letters.ts'
import type { Context } from './context.ts'
import { asOperator, type Operator } from './operator.ts'
import { oneOf, uuid } from './options.ts'
import { printable } from './output.ts'
import { readPages, sayPage, type Stretch, type Table } from './pages.ts'
import { duration } from './table.ts'

export interface ListLetterOptions extends Stretch {
  stage?: string
  code?: string
}

export interface ChooseLetterOptions {
  all?: boolean
  stage?: string
  code?: string
}

const table: Table<DeadLetterRow> = {
  heads: ['LETTER', 'STAGE', 'GIVEN UP', 'ATTEMPTS', 'PROJECT', 'ERROR', 'REASON'],
  cells: (row) => [
    row.id,
    row.stage,
    `${duration(Date.now() - row.created_at.getTime())} ago`,
    String(row.attempts),
    row.project_id ?? '–',
    printable(row.code),
    printable(row.message).slice(0, 100),
  ],
  facts: letterView,
  none: 'There are no dead letters.',
}

/** Lists the work that was given up and waits for a person, newest first. @throws AppError `bad_option`, `bad_cursor` */
export async function deadLettersCommand(
  context: Context,
  options: ListLetterOptions,
): Promise<void> {
  const stage = oneOf('stage', Stage, options.stage)
  await asOperator(context, async ({ pipeline, principal }) => {
    const filter = { workspaceId: principal.workspaceId, stage, code: options.code }
    const letters = await readPages(options, (page) =>
      pageOfLetters(pipeline.database.db, filter, page),
    )
    sayPage(context.output, letters, table)
  })
}

/** How many letters are dealt with at a time. */
const round = 1_000

/** The ids of all letters that fit, the oldest first. */
async function allLetters(
  { pipeline, principal }: Operator,
  filter: Pick<LetterChoice, 'stage' | 'code'>,
): Promise<string[]> {
  const { workspaceId } = principal
  const { items } = await readPages({ limit: Number.POSITIVE_INFINITY }, (page) =>
    pageOfLetters(pipeline.database.db, { workspaceId, ...filter }, page),
  )
  return items.map(({ id }) => id).toReversed()
}

interface Done {
  done: number
  skipped: number
}

/** Does something with each letter that is named, or with each that fits now. @throws AppError `bad_option` */
async function withChosen(
  context: Context,
  texts: readonly string[],
  { all, stage, code }: ChooseLetterOptions,
  run: (operator: Operator, choice: LetterChoice) => Promise<Done>,
): Promise<Done> {
  if ((all === true) === texts.length > 0) {
    const message = 'Name the dead letters, or say --all. `talkwright queue dead` lists them.'
    throw invalidInput('bad_option', message)
  }
  if (all !== true && (stage ?? code) !== undefined) {
    throw invalidInput('bad_option', '--stage and --code go with --all.')
  }
  const named = texts.map((text) => uuid('dead letter', text))
  const filter = { stage: oneOf('stage', Stage, stage), code }
  return asOperator(context, async (operator) => {
    const sum = { done: 0, skipped: 0 }
    const ids = all === true ? await allLetters(operator, filter) : named
    for (let from = 0; from < ids.length; from += round) {
      const some = ids.slice(from, from + round)
      const { done, skipped } = await run(operator, { ids: some, limit: round })
      sum.done += done
      sum.skipped += skipped
    }
    return sum
  })
}

/** Sends dead letters again: those that are named, or all that fit. @throws AppError `bad_option`, `not_found` */
export async function retryLettersCommand(
  context: Context,
  ids: readonly string[],
  options: ChooseLetterOptions,
): Promise<void> {
  const { done, skipped } = await withChosen(context, ids, options, async (operator, choice) => {
    const { redriven, ...rest } = await redrive(operator.pipeline, operator.principal, choice)
    return { done: redriven, ...rest }
  })
  const facts = { event: 'queue.redriven', redriven: done, skipped }
  context.output.result(`${done} sent again, ${skipped} skipped.`, facts)
}

/** Marks dead letters as needing nothing more; their projects stay as they are. @throws as `retryLettersCommand` */
export async function dismissLettersCommand(
  context: Context,
  ids: readonly string[],
  options: ChooseLetterOptions,
): Promise<void> {
  const { done, skipped } = await withChosen(context, ids, options, async (operator, choice) => {
    const { dismissed, ...rest } = await dismiss(operator.pipeline, operator.principal, choice)
    return { done: dismissed, ...rest }
  })
  const facts = { event: 'queue.dismissed', dismissed: done, skipped }
  context.output.result(`${done} dismissed, ${skipped} skipped.`, facts)
}
