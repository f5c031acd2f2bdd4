import { type Command, Option } from 'commander'
import type { LintFormat } from '../lint.ts'
import { agentOption, carryOut } from './action.ts'

export function addTranscripts(program: Command): void {
  program
    .command('build <transcript>')
    .description('from a transcript file to a built project, without a server')
    .option('--out <folder>', 'a new or empty folder', './talkwright-build')
    .addOption(agentOption())
    .action(async (file: string, options: { out: string }, command: Command) =>
      carryOut(command, (await import('../build.ts')).buildCommand, [file, options.out]),
    )
  program
    .command('plan <transcript>')
    .description('from a transcript file to a Kiro spec')
    .requiredOption('--out <folder>', 'where to write .kiro')
    .action(async (file: string, options: { out: string }, command: Command) =>
      carryOut(command, (await import('../plan.ts')).planCommand, [file, options.out]),
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
      carryOut(command, (await import('../lint.ts')).lintCommand, [target, options.format]),
    )
  program
    .command('replay <file>')
    .description('post a stored webhook body to the running server again')
    .action(async (file: string, _options: unknown, command: Command) =>
      carryOut(command, (await import('../replay.ts')).replayCommand, [file]),
    )
}
