import { withoutUnseen } from '../unseen.ts'

const address =
  /\b(?:https?|ftps?|wss?|file|ssh|git):\/\/[^\s)>\]"']{1,2000}|\bwww\.[^\s)>\]"']{1,500}|\b(?:[a-z0-9-]{1,63}\.){1,8}(?!(?:js|ts|md|py|net)\/)[a-z]{2,24}\/[^\s)>\]"']{1,500}/gi

/** A web address in plain words; whoever needs it finds it in the citation. */
const addressWords = '(a web address from the talk)'

/**
 * What a model or a talk says, as one line of a plan or a brief: nothing invisible, no line end, no
 * web address, at most `max` characters.
 */
export function boundedLine(text: string, max: number): string {
  const line = withoutUnseen(text.slice(0, max * 4))
    .replaceAll(address, addressWords)
    .replaceAll(/\s+/g, ' ')
    .trim()
  return line.length <= max
    ? line
    : `${line
        .slice(0, max - 1)
        .trimEnd()
        .toWellFormed()}…`
}

/** Whether a text holds a web address. */
export function hasAddress(text: string): boolean {
  return text.search(address) >= 0
}
