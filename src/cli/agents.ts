import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { assertNever } from '../domain/assert-never.ts'
import type { Config } from '../config.ts'
import type { AgentCommand } from '../runner/options.ts'

/** Talkwright's own sources and packages, which the scaffolder runs from. */
const ownFiles = ['src', 'node_modules', 'package.json'].map((name) =>
  fileURLToPath(new URL(`../../${name}`, import.meta.url)),
)

/** The programs that kiro-cli starts, which its installer puts beside it. */
const kiroPrograms = ['kiro-cli', 'kiro-cli-chat', 'kiro-cli-term']

/** The agent that the settings name. */
export function makeAgent({ TALKWRIGHT_AGENT: setting, HOME }: Config): AgentCommand {
  switch (setting.agent) {
    case 'scaffolder':
      return {
        name: 'scaffolder',
        command: process.execPath,
        args: [fileURLToPath(new URL('../runner/scaffolder/main.ts', import.meta.url))],
        env: {},
        readable: ownFiles,
        isOwn: true,
        mode: 'whole',
      }
    case 'kiro': {
      const beside = kiroPrograms.map((name) => join(HOME, '.local/bin', name))
      return {
        name: 'kiro',
        command: setting.command ?? 'kiro-cli',
        args: setting.args ?? [],
        env: setting.env ?? {},
        readable: [...beside, ...(setting.readable ?? [])],
        network: { hosts: setting.hosts ?? [] },
        mode: 'kiro',
        kiro: { engine: setting.engine ?? 'auto' },
      }
    }
    default:
      return assertNever(setting.agent)
  }
}
