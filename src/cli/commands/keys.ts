import type { Command } from 'commander'
import { carryOut, wholeNumber } from './action.ts'

export function addKeys(program: Command): void {
  const keys = program.command('keys').description('API keys of the first workspace')
  keys
    .command('create')
    .option('--name <name>', 'what it is for', 'key')
    .option('--role <role>', 'viewer, member, admin or owner', 'member')
    .option('--days <number>', 'how many days it holds', wholeNumber)
    .action(async (options: { name: string; role: string; days?: number }, command: Command) =>
      carryOut(command, (await import('../keys.ts')).createKeyCommand, [options]),
    )
  keys
    .command('list')
    .action(async (_options: unknown, command: Command) =>
      carryOut(command, (await import('../keys.ts')).listKeysCommand, []),
    )
  keys
    .command('revoke <id>')
    .action(async (id: string, _options: unknown, command: Command) =>
      carryOut(command, (await import('../keys.ts')).revokeKeyCommand, [id]),
    )
}
