import { invalidInput } from './errors.ts'

/** A setting that gives numbers by name. */
export interface CountsGrammar<K extends string> {
  names: readonly K[]
  /** What holds for a name that is not said. */
  usual: Readonly<Partial<Record<K, number>>>
  /** Of the error for what cannot be read. */
  code: string
  /** What a number says, with an example: `how many a minute, such as key=600`. */
  hint: string
}

/**
 * Reads numbers such as `key=600 sign_in=10`; what is not named keeps its default, and `off` leaves
 * all of them out.
 *
 * @throws AppError with the grammar's code, which names the part that is wrong
 */
export function parseCounts<K extends string>(
  text: string,
  { names, usual, code, hint }: CountsGrammar<K>,
): Readonly<Partial<Record<K, number>>> {
  const isOff = text.trim() === 'off'
  const counts: Partial<Record<K, number>> = isOff ? {} : { ...usual }
  if (isOff) return counts
  for (const part of text.split(/[\s,]+/).filter((one) => one !== '')) {
    const [, said = '', number] = /^([a-z_]{1,20})=([1-9]\d{0,6})$/.exec(part) ?? []
    const name = names.find((one) => one === said)
    if (name === undefined) {
      throw invalidInput(
        code,
        `"${part.slice(0, 60)}" must be one of ${names.join(', ')}, then = and ${hint}; or all of it "off"`,
      )
    }
    counts[name] = Number(number)
  }
  return counts
}
