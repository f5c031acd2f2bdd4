import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Context, makeContext } from '../context.ts'
import { makeOutput, sayError } from '../output.ts'

/** A command's action: false means that it ended well but found something wrong. */
type Action<A extends unknown[]> = (context: Context, ...args: A) => Promise<boolean | void>

/** The number that an option was given; the command line says what is wrong with it. */
export function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('Not a whole number.')
  return value
}

export function atLeastOne(text: string): number {
  const value = wholeNumber(text)
  if (value === 0) throw new InvalidArgumentError('At least 1.')
  return value
}

/** Of every list: how much of it, and from where on. */
export const limitOption = ['--limit <number>', 'how many at most', atLeastOne, 50] as const
export const afterOption = ['--after <cursor>', 'go on where an earlier list ended'] as const

/** Ends the process when all that was said has been taken. */
async function leave(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise((resolve) => stream.write('', resolve))
  }
  // A closed PGlite leaves its server's timers behind, some of which start again for ever.
  process.exit()
}

/** Makes an action's context, says its error, and ends the process with the exit code. */
export async function carryOut<A extends unknown[]>(
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
export function agentOption(): Option {
  return new Option(
    '--agent <agent>',
    'who builds: the name of an agent, or a JSON file that says so',
  )
}
