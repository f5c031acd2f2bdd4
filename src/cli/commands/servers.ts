import type { Command } from 'commander'
import type { RunnerCommandOptions } from '../runner.ts'
import { agentOption, carryOut, wholeNumber } from './action.ts'

export function addServers(program: Command): void {
  program
    .command('serve')
    .description('API, page, worker and build runner, in one go')
    .option('--sample', 'feed the bundled sample to an empty embedded database')
    .option('--no-sample', 'leave an empty database empty')
    .option('--no-runner', 'do not start the built-in build runner')
    .addOption(agentOption())
    .action(async (options: { sample?: boolean; runner: boolean }, command: Command) => {
      const serve = { sample: options.sample ?? false, runner: options.runner }
      await carryOut(command, (await import('../serve.ts')).serveCommand, [serve])
    })
  program
    .command('worker')
    .description('one more worker on the same PostgreSQL')
    .action(async (_options: unknown, command: Command) =>
      carryOut(command, (await import('../worker.ts')).workerCommand, []),
    )
  program
    .command('drain')
    .description('carry out what waits, in a bounded time, and end; for hosts without a worker')
    .option('--seconds <number>', 'how long it may take at most', wholeNumber, 50)
    .action(async (options: { seconds: number }, command: Command) =>
      carryOut(command, (await import('../drain.ts')).drainCommand, [options.seconds]),
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
      carryOut(command, (await import('../runner.ts')).runnerCommand, [options]),
    )
}
