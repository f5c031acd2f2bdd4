import { Command } from 'commander'
import { addCare } from './commands/care.ts'
import { addKeys } from './commands/keys.ts'
import { addMoney } from './commands/money.ts'
import { addProjects } from './commands/projects.ts'
import { addQueue } from './commands/queue.ts'
import { addServers } from './commands/servers.ts'
import { addTranscripts } from './commands/transcripts.ts'
import { version } from './version.ts'

// What a command does is loaded when it is called, so that the runner and the small ones start at once.

/** The command line; the process ends with the command. */
export async function runCli(argv: readonly string[]): Promise<void> {
  // Who reads may stop early (`| head`); the command still ends in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  const program = new Command('talkwright')
    .description('Turns a finished conversation into a reviewed plan and a running build.')
    .option('--json', 'JSON lines on stdout; messages go to stderr')
    .version(version, '-V, --version', 'the version of this Talkwright')
    .showHelpAfterError()
  addServers(program)
  addTranscripts(program)
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
