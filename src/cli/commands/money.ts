import type { Command } from 'commander'
import type { BudgetOptions, UsageOptions } from '../usage.ts'
import { atLeastOne, carryOut } from './action.ts'

export function addMoney(program: Command): void {
  const project = ['--project <id>', 'of one project'] as const
  program
    .command('usage')
    .description('what model calls took and cost')
    .option(...project)
    .option('--days <number>', 'of the workspace: so many days up to today (UTC)', atLeastOne, 30)
    .action(async (options: UsageOptions, command: Command) =>
      carryOut(command, (await import('../usage.ts')).usageCommand, [options]),
    )
  const budget = program
    .command('budget')
    .description('what model calls may cost: of the workspace in a month, or of a project')
  budget
    .command('show', { isDefault: true })
    .option(...project)
    .action(async (options: BudgetOptions, command: Command) =>
      carryOut(command, (await import('../usage.ts')).showBudgetCommand, [options]),
    )
  budget
    .command('set <dollars>')
    .option(...project)
    .action(async (amount: string, options: BudgetOptions, command: Command) =>
      carryOut(command, (await import('../usage.ts')).setBudgetCommand, [amount, options]),
    )
  budget
    .command('remove')
    .option(...project)
    .action(async (options: BudgetOptions, command: Command) =>
      carryOut(command, (await import('../usage.ts')).removeBudgetCommand, [options]),
    )
}
