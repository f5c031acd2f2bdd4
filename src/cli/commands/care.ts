import type { Command } from 'commander'
import { carryOut } from './action.ts'

export function addCare(program: Command): void {
  program
    .command('migrate')
    .description('bring the database schema up to date')
    .action(async (_options: unknown, command: Command) =>
      carryOut(command, (await import('../migrate.ts')).migrateCommand, []),
    )
  program
    .command('sweep')
    .description('remove and archive now what is older than TALKWRIGHT_RETENTION says')
    .option('--dry-run', 'only count what would go')
    .action(async (options: { dryRun?: boolean }, command: Command) =>
      carryOut(command, (await import('../sweep.ts')).sweepCommand, [options.dryRun ?? false]),
    )
  program
    .command('doctor')
    .description('look at what a server needs on this machine')
    .action(async (_options: unknown, command: Command) =>
      carryOut(command, (await import('../doctor.ts')).doctorCommand, []),
    )
}
