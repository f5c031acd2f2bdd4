import type { Command } from 'commander'
import { QueueState } from '../../domain/queue-state.ts'
import { Stage } from '../../domain/status.ts'
import type { ChooseLetterOptions, ListLetterOptions } from '../dead-letters.ts'
import type { ListOptions } from '../queue.ts'
import { afterOption, carryOut, limitOption } from './action.ts'

const stageOption = ['--stage <stage>', Stage.options.join(', ')] as const

function addQueueLists(queue: Command): void {
  queue
    .command('list', { isDefault: true })
    .description('the jobs: waiting ones in the order of claims, all others newest first')
    .option(...stageOption)
    .option('--state <state>', QueueState.options.join(', '))
    .option('--project <id>', 'those of one project')
    .option('--code <code>', 'those whose last attempt failed of such an error')
    .option(...limitOption)
    .option(...afterOption)
    .action(async (options: ListOptions, command: Command) =>
      carryOut(command, (await import('../queue.ts')).listQueueCommand, [options]),
    )
  queue
    .command('dead')
    .description('the work that was given up and waits for a person, newest first')
    .option(...stageOption)
    .option('--code <code>', 'those that failed of one error')
    .option(...limitOption)
    .option(...afterOption)
    .action(async (options: ListLetterOptions, command: Command) =>
      carryOut(command, (await import('../dead-letters.ts')).deadLettersCommand, [options]),
    )
}

function addLetterActions(queue: Command): void {
  const onLetters = (name: string, description: string) =>
    queue
      .command(`${name} [letters...]`)
      .description(description)
      .option('--all', 'all that fit')
      .option('--stage <stage>', 'with --all: those of one stage')
      .option('--code <code>', 'with --all: those that failed of one error')
  onLetters('retry', 'send dead letters again').action(
    async (ids: string[], options: ChooseLetterOptions, command: Command) =>
      carryOut(command, (await import('../dead-letters.ts')).retryLettersCommand, [ids, options]),
  )
  onLetters('dismiss', 'mark dead letters as needing nothing more').action(
    async (ids: string[], options: ChooseLetterOptions, command: Command) =>
      carryOut(command, (await import('../dead-letters.ts')).dismissLettersCommand, [ids, options]),
  )
}

export function addQueue(program: Command): void {
  const queue = program.command('queue').description('the jobs of the first workspace')
  addQueueLists(queue)
  addLetterActions(queue)
  queue
    .command('cancel <job>')
    .description('cancel a job, and its project with it')
    .action(async (id: string, _options: unknown, command: Command) =>
      carryOut(command, (await import('../queue.ts')).cancelJobCommand, [id]),
    )
  queue
    .command('run <job>')
    .description('let a delayed job go now')
    .action(async (id: string, _options: unknown, command: Command) =>
      carryOut(command, (await import('../queue.ts')).runJobCommand, [id]),
    )
  queue
    .command('priority <job> <number>')
    .description('from -100 to 100; higher goes first')
    // Or a number below zero would be taken for an option.
    .allowUnknownOption()
    .action(async (id: string, number: string, _options: unknown, command: Command) =>
      carryOut(command, (await import('../queue.ts')).priorityCommand, [id, number]),
    )
}
