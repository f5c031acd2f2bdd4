import { z } from 'zod'
import { assertNever } from '../assert-never.ts'

/** What shows that words are meant for the machine that reads them, and not for the software that is asked for. */
export const Signal = z.enum([
  'instructs',
  'poses_as_structure',
  'seeks_secrets',
  'command',
  'path',
  'markup',
  'package',
  'encoded',
])
export type Signal = z.infer<typeof Signal>

/** The signal in a sentence for a person, as the reason why the words were set aside. */
export function signalReason(signal: Signal): string {
  switch (signal) {
    case 'instructs':
      return 'It addresses the machine that reads the talk: it gives it instructions.'
    case 'poses_as_structure':
      return 'It addresses the machine that reads the talk: it poses as a part of the protocol.'
    case 'seeks_secrets':
      return 'It addresses the machine that builds: it reaches for secrets of its surroundings.'
    case 'command':
      return 'It addresses the machine that builds: it carries a command.'
    case 'path':
      return 'It addresses the machine that builds: it names a path outside of the project.'
    case 'markup':
      return 'It addresses the machine that shows the text: it carries active markup.'
    case 'package':
      return 'It addresses the machine that builds: it names a package that looks like a well-known one.'
    case 'encoded':
      return 'It addresses the machine that reads the talk: its words are encoded.'
    default:
      return assertNever(signal)
  }
}
