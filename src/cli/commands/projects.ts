import type { Command } from 'commander'
import type { Stretch } from '../pages.ts'
import { afterOption, atLeastOne, carryOut, limitOption } from './action.ts'

interface AnswerOptions {
  holds?: string
}

function addPlanCopies(project: Command): void {
  project
    .command('pull <project>')
    .description('write a plan into a folder, to edit it there')
    .requiredOption('--out <folder>', 'where to write .kiro')
    .option('--version <number>', 'which version; the newest unless said', atLeastOne)
    .action(async (id: string, options: { out: string; version?: number }, command: Command) =>
      carryOut(command, (await import('../projects.ts')).pullCommand, [id, options]),
    )
  project
    .command('push <folder>')
    .description('make an edited plan the next version, which waits for approval')
    .action(async (folder: string, _options: unknown, command: Command) =>
      carryOut(command, (await import('../projects.ts')).pushCommand, [folder]),
    )
  project
    .command('diff <project>')
    .description('what the newest version of the plan changed')
    .option('--from <number>', 'the earlier version; the one before unless said', atLeastOne)
    .option('--to <number>', 'the later version; the newest unless said', atLeastOne)
    .action(async (id: string, options: { from?: number; to?: number }, command: Command) =>
      carryOut(command, (await import('../projects.ts')).diffCommand, [id, options]),
    )
}

export function addProjects(program: Command): void {
  const project = program
    .command('project')
    .description('the projects of a running server, by an API key (TALKWRIGHT_KEY)')
  project
    .command('list', { isDefault: true })
    .option(...limitOption)
    .option(...afterOption)
    .action(async (options: Stretch, command: Command) =>
      carryOut(command, (await import('../projects.ts')).listProjectsCommand, [options]),
    )
  project
    .command('questions <project>')
    .description('what the talk left open')
    .action(async (id: string, _options: unknown, command: Command) =>
      carryOut(command, (await import('../projects.ts')).questionsCommand, [id]),
    )
  project
    .command('answer <project> <question> <text>')
    .description('answer an open question, or decide a contradiction')
    .option('--holds <turn>', 'of a contradiction: the turn whose statement holds')
    .action(
      async (
        id: string,
        question: string,
        text: string,
        options: AnswerOptions,
        command: Command,
      ) => {
        const { holds } = options
        const given = { question, text, ...(holds !== undefined && { holds }) }
        await carryOut(command, (await import('../projects.ts')).answerCommand, [id, given])
      },
    )
  project
    .command('add <project> <transcript>')
    .description('add a further talk')
    .action(async (id: string, file: string, _options: unknown, command: Command) =>
      carryOut(command, (await import('../projects.ts')).addTalkCommand, [id, file]),
    )
  addPlanCopies(project)
}
