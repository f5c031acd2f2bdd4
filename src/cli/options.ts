import { z } from 'zod'
import { invalidInput } from '../domain/errors.ts'

/** An id as it was given on the command line. @throws AppError `bad_option` */
export function uuid(what: string, text: string): string {
  const { data } = z.uuid().safeParse(text)
  if (data !== undefined) return data
  throw invalidInput('bad_option', `"${text}" is no id of a ${what}. Copy it from the list.`)
}

/** A choice as it was given on the command line. @throws AppError `bad_option` that names what there is. */
export function oneOf<T extends string>(
  what: string,
  schema: z.ZodEnum<Record<T, T>>,
  text: string | undefined,
): T | undefined {
  if (text === undefined) return undefined
  const { data } = schema.safeParse(text)
  if (data !== undefined) return data
  const known = schema.options.join(', ')
  throw invalidInput('bad_option', `There is no ${what} "${text}". Choose one of: ${known}.`)
}
