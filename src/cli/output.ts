import { AppError, toAppError } from '../domain/errors.ts'

/** Where a command writes: results on stdout, messages for people on stderr. */
export interface Output {
  /** Lines of JSON for programs. */
  json: boolean
  /** A result: text for people, or one JSON line. */
  result(text: string, facts: object): void
  /** A message for people; silent in JSON mode unless it is an error. */
  say(text: string): void
  isTty: boolean
  /** Writes to the terminal without a line end. */
  raw(text: string): void
}

export interface Streams {
  stdout: { write(text: string): unknown; isTTY?: boolean }
  stderr: { write(text: string): unknown; isTTY?: boolean }
}

export function makeOutput(streams: Streams, json: boolean): Output {
  return {
    json,
    isTty: !json && streams.stderr.isTTY === true,
    result: (text, facts) =>
      streams.stdout.write(json ? `${JSON.stringify(facts)}\n` : `${text}\n`),
    say: (text) => {
      streams.stderr.write(`${text}\n`)
    },
    raw: (text) => {
      streams.stderr.write(text)
    },
  }
}

/** Text of others without control characters, so that it cannot move the cursor or change colours. */
export function printable(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
}

/** Says what went wrong and what to do. An unforeseen error shows where it came from. */
export function sayError(output: Output, thrown: unknown): void {
  const error = toAppError(thrown)
  if (output.json) {
    output.result('', { error: { code: error.code, message: error.message } })
    return
  }
  output.say(`${printable(error.message)} (${error.code})`)
  if (!(thrown instanceof AppError) && thrown instanceof Error && thrown.stack !== undefined) {
    output.say(thrown.stack)
  }
}
