import type { z } from 'zod'
import { extractJson } from './extract-json.ts'
import type { ModelCall } from './language-model.ts'

/** What an answer's text is worth. */
export type Verdict<T> =
  | { kind: 'fits'; value: T; faults: readonly string[] }
  | { kind: 'misfit'; complaints: readonly string[] }

const mostComplaints = 20
const longestComplaint = 400

function complaintOf({ path, message }: z.core.$ZodIssue): string {
  const place = path.map(String).join('.')
  return place === '' ? message : `${place}: ${message}`
}

function bounded(complaints: readonly string[]): string[] {
  const told = complaints.slice(0, mostComplaints).map((one) => one.slice(0, longestComplaint))
  const more = complaints.length - told.length
  return more === 0 ? told : [...told, `and ${more} more of the kind`]
}

/** Parses an answer by the call's schema, whatever the provider promised, then by the call's check. */
export function judge<T>(
  { schema, check }: Pick<ModelCall<T>, 'schema' | 'check'>,
  text: string,
): Verdict<T> {
  const found = extractJson(text)
  if (found === undefined) {
    return { kind: 'misfit', complaints: ['The answer is not one whole JSON object.'] }
  }
  const parsed = schema.safeParse(found.value)
  if (parsed.success) return { kind: 'fits', value: parsed.data, faults: check(parsed.data) }
  return { kind: 'misfit', complaints: bounded(parsed.error.issues.map(complaintOf)) }
}

/** What is said to a model whose answer has to be mended. */
export function askToMend(complaints: readonly string[]): string {
  const lines = bounded(complaints).map((complaint) => `- ${complaint}`)
  return `Your answer has these faults:\n${lines.join('\n')}\nGive the whole answer again with them mended.`
}
