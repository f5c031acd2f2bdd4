import { Command, InvalidArgumentError, Option } from 'commander'
import { QueueState } from '../domain/queue-state.ts'
import { Stage } from '../domain/status.ts'
import { type Context, makeContext } from './context.ts'
import type { ChooseLetterOptions, ListLetterOptions } from './dead-letters.ts'
import type { LintFormat } from './lint.ts'
import { makeOutput, sayError } from './output.ts'
import type { ListOptions } from './queue.ts'
import type { RunnerCommandOptions } from './runner.ts'
import type { BudgetOptions, UsageOptions } from './usage.ts'

// Each command is loaded when it is called, so that the runner and the small ones start at once.

/** A command's action: false means that it ended well but found something wrong. */
type Action<A extends unknown[]> = (context: Context, ...args: A) => Promise<boolean | void>

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('Not a whole number.')
  return value
}

function atLeastOne(text: string): number {
  const value = wholeNumber(text)
  if (value === 0) throw new InvalidArgumentError('At least 1.')
  return value
}

/** Ends the process when all that was said has been taken. */
async function leave(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise((resolve) => stream.write('', resolve))
  }
  // A closed PGlite leaves its server's timers behind, some of which start again for ever.
  process.exit()
}

/** Makes an action's context, says its error, and ends the process with the exit code. */
async function carryOut<A extends unknown[]>(
  command: Command,
  action: Action<A>,
  args: A,
): Promise<void> {
  const json = command.optsWithGlobals()['json'] === true
  try {
    const outcome = await action(makeContext(json, command.opts<{ agent?: string }>()), ...args)
    if (outcome === false) process.exitCode = 1
  } catch (error) {
    sayError(makeOutput(process, json), error)
    process.exitCode = 1
  }
  await leave()
}

/** Read where the settings are: it stands in for TALKWRIGHT_AGENT. */
function agentOption(): Option {
  return new Option(
    '--agent <agent>',
    'who builds: the name of an agent, or a JSON file that says so',
  )
}

function addServers(program: Command): void {
  program
    .command('serve')
    .description('API, page, worker and build runner, in one go')
    .option('--sample', 'feed the bundled sample to an empty embedded database')
    .option('--no-sample', 'leave an empty database empty')
    .option('--no-runner', 'do not start the built-in build runner')
    .addOption(agentOption())
    .action(async (options: { sample?: boolean; runner: boolean }, command: Command) => {
      const serve = { sample: options.sample ?? false, runner: options.runner }
      await carryOut(command, (await import('./serve.ts')).serveCommand, [serve])
    })
  program
    .command('worker')
    .description('one more worker on the same PostgreSQL')
    .action(async (_options: unknown, command: Command) =>
      carryOut(command, (await import('./worker.ts')).workerCommand, []),
    )
  program
    .command('drain')
    .description('carry out what waits, in a bounded time, and end; for hosts without a worker')
    .option('--seconds <number>', 'how long it may take at most', wholeNumber, 50)
    .action(async (options: { seconds: number }, command: Command) =>
      carryOut(command, (await import('./drain.ts')).drainCommand, [options.seconds]),
    )
  program
    .command('runner')
    .description('the build runner alone')
    .option('--port <number>', 'port on the loopback address; 0 for any', wholeNumber, 4871)
    .option('--root <folder>', 'folder for builds')
    .option('--with-parent', 'end when the input closes')
    .addOption(agentOption())
    .option('--allow <networks...>', 'networks that are not public and may be called: 10.0.0.0/8')
    .action(async (options: RunnerCommandOptions, command: Command) =>
      carryOut(command, (await import('./runner.ts')).runnerCommand, [options]),
    )
}

function addJobs(program: Command): void {
  program
    .command('build <transcript>')
    .description('from a transcript file to a built project, without a server')
    .option('--out <folder>', 'a new or empty folder', './talkwright-build')
    .addOption(agentOption())
    .action(async (file: string, options: { out: string }, command: Command) =>
      carryOut(command, (await import('./build.ts')).buildCommand, [file, options.out]),
    )
  program
    .command('plan <transcript>')
    .description('from a transcript file to a Kiro spec')
    .requiredOption('--out <folder>', 'where to write .kiro')
    .action(async (file: string, options: { out: string }, command: Command) =>
      carryOut(command, (await import('./plan.ts')).planCommand, [file, options.out]),
    )
  program
    .command('lint <target>')
    .description('check Kiro spec files in a folder, or one file')
    .addOption(
      new Option('--format <format>', 'how to say what was found')
        .choices(['text', 'json', 'sarif'])
        .default('text'),
    )
    .action(async (target: string, options: { format: LintFormat }, command: Command) =>
      carryOut(command, (await import('./lint.ts')).lintCommand, [target, options.format]),
    )
  program
    .command('replay <file>')
    .description('post a stored webhook body to the running server again')
    .action(async (file: string, _options: unknown, command: Command) =>
      carryOut(command, (await import('./replay.ts')).replayCommand, [file]),
    )
}

function addKeys(program: Command): void {
  const keys = program.command('keys').description('API keys of the first workspace')
  keys
    .command('create')
    .option('--name <name>', 'what it is for', 'key')
    .option('--role <role>', 'viewer, member, admin or owner', 'member')
    .option('--days <number>', 'how many days it holds', wholeNumber)
    .action(async (options: { name: string; role: string; days?: number }, command: Command) =>
      carryOut(command, (await import('./keys.ts')).createKeyCommand, [options]),
    )
  keys
    .command('list')
    .action(async (_options: unknown, command: Command) =>
      carryOut(command, (await import('./keys.ts')).listKeysCommand, []),
    )
  keys
    .command('revoke <id>')
    .action(async (id: string, _options: unknown, command: Command) =>
      carryOut(command, (await import('./keys.ts')).revokeKeyCommand, [id]),
    )
}

const stageOption = ['--stage <stage>', Stage.options.join(', ')] as const
const limitOption = ['--limit <number>', 'how many at most', atLeastOne, 50] as const
const afterOption = ['--after <cursor>', 'go on where an earlier list ended'] as const

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
      carryOut(command, (await import('./queue.ts')).listQueueCommand, [options]),
    )
  queue
    .command('dead')
    .description('the work that was given up and waits for a person, newest first')
    .option(...stageOption)
    .option('--code <code>', 'those that failed of one error')
    .option(...limitOption)
    .option(...afterOption)
    .action(async (options: ListLetterOptions, command: Command) =>
      carryOut(command, (await import('./dead-letters.ts')).deadLettersCommand, [options]),
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
      carryOut(command, (await import('./dead-letters.ts')).retryLettersCommand, [ids, options]),
  )
  onLetters('dismiss', 'mark dead letters as needing nothing more').action(
    async (ids: string[], options: ChooseLetterOptions, command: Command) =>
      carryOut(command, (await import('./dead-letters.ts')).dismissLettersCommand, [ids, options]),
  )
}

function addQueue(program: Command): void {
  const queue = program.command('queue').description('the jobs of the first workspace')
  addQueueLists(queue)
  addLetterActions(queue)
  queue
    .command('cancel <job>')
    .description('cancel a job, and its project with it')
    .action(async (id: string, _options: unknown, command: Command) =>
      carryOut(command, (await import('./queue.ts')).cancelJobCommand, [id]),
    )
  queue
    .command('run <job>')
    .description('let a delayed job go now')
    .action(async (id: string, _options: unknown, command: Command) =>
      carryOut(command, (await import('./queue.ts')).runJobCommand, [id]),
    )
  queue
    .command('priority <job> <number>')
    .description('from -100 to 100; higher goes first')
    // Or a number below zero would be taken for an option.
    .allowUnknownOption()
    .action(async (id: string, number: string, _options: unknown, command: Command) =>
      carryOut(command, (await import('./queue.ts')).priorityCommand, [id, number]),
    )
}

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
      carryOut(command, (await import('./projects.ts')).pullCommand, [id, options]),
    )
  project
    .command('push <folder>')
    .description('make an edited plan the next version, which waits for approval')
    .action(async (folder: string, _options: unknown, command: Command) =>
      carryOut(command, (await import('./projects.ts')).pushCommand, [folder]),
    )
  project
    .command('diff <project>')
    .description('what the newest version of the plan changed')
    .option('--from <number>', 'the earlier version; the one before unless said', atLeastOne)
    .option('--to <number>', 'the later version; the newest unless said', atLeastOne)
    .action(async (id: string, options: { from?: number; to?: number }, command: Command) =>
      carryOut(command, (await import('./projects.ts')).diffCommand, [id, options]),
    )
}

function addProjects(program: Command): void {
  const project = program
    .command('project')
    .description('the projects of a running server, by an API key (TALKWRIGHT_KEY)')
  project
    .command('list', { isDefault: true })
    .option('--limit <number>', 'how many at most', atLeastOne, 50)
    .action(async (options: { limit: number }, command: Command) =>
      carryOut(command, (await import('./projects.ts')).listProjectsCommand, [options.limit]),
    )
  project
    .command('questions <project>')
    .description('what the talk left open')
    .action(async (id: string, _options: unknown, command: Command) =>
      carryOut(command, (await import('./projects.ts')).questionsCommand, [id]),
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
        await carryOut(command, (await import('./projects.ts')).answerCommand, [id, given])
      },
    )
  project
    .command('add <project> <transcript>')
    .description('add a further talk')
    .action(async (id: string, file: string, _options: unknown, command: Command) =>
      carryOut(command, (await import('./projects.ts')).addTalkCommand, [id, file]),
    )
  addPlanCopies(project)
}

function addMoney(program: Command): void {
  const project = ['--project <id>', 'of one project'] as const
  program
    .command('usage')
    .description('what model calls took and cost')
    .option(...project)
    .option('--days <number>', 'of the workspace: so many days up to today (UTC)', atLeastOne, 30)
    .action(async (options: UsageOptions, command: Command) =>
      carryOut(command, (await import('./usage.ts')).usageCommand, [options]),
    )
  const budget = program
    .command('budget')
    .description('what model calls may cost: of the workspace in a month, or of a project')
  budget
    .command('show', { isDefault: true })
    .option(...project)
    .action(async (options: BudgetOptions, command: Command) =>
      carryOut(command, (await import('./usage.ts')).showBudgetCommand, [options]),
    )
  budget
    .command('set <dollars>')
    .option(...project)
    .action(async (amount: string, options: BudgetOptions, command: Command) =>
      carryOut(command, (await import('./usage.ts')).setBudgetCommand, [amount, options]),
    )
  budget
    .command('remove')
    .option(...project)
    .action(async (options: BudgetOptions, command: Command) =>
      carryOut(command, (await import('./usage.ts')).removeBudgetCommand, [options]),
    )
}

function addCare(program: Command): void {
  program
    .command('migrate')
    .description('bring the database schema up to date')
    .action(async (_options: unknown, command: Command) =>
      carryOut(command, (await import('./migrate.ts')).migrateCommand, []),
    )
  program
    .command('sweep')
    .description('remove and archive now what is older than TALKWRIGHT_RETENTION says')
    .option('--dry-run', 'only count what would go')
    .action(async (options: { dryRun?: boolean }, command: Command) =>
      carryOut(command, (await import('./sweep.ts')).sweepCommand, [options.dryRun ?? false]),
    )
  program
    .command('doctor')
    .description('look at what a server needs on this machine')
    .action(async (_options: unknown, command: Command) =>
      carryOut(command, (await import('./doctor.ts')).doctorCommand, []),
    )
}

/** The command line; the process ends with the command. */
export async function runCli(argv: readonly string[]): Promise<void> {
  // Who reads may stop early (`| head`); the command still ends in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  const program = new Command('talkwright')
    .description('Turns a finished conversation into a reviewed plan and a running build.')
    .option('--json', 'JSON lines on stdout; messages go to stderr')
    .showHelpAfterError()
  addServers(program)
  addJobs(program)
  addKeys(program)
  addProjects(program)
  addQueue(program)
  addMoney(program)
  addCare(program)
  for (const command of program.commands) allowJson(command)
  await program.parseAsync(argv)
}

/** `--json` may stand behind the command too, where people put it. */
function allowJson(command: Command): void {
  command.option('--json', 'JSON lines on stdout; messages go to stderr')
  for (const inner of command.commands) allowJson(inner)
}
