import { traceOf, type Traced } from './trace-document.ts'

/** A file of the pack; its path is relative to the project's root. */
export interface PackFile {
  path: string
  content: string
}

/**
 * What a person downloads: the plan's files as they lie in a repository, and beside `.kiro` the
 * `trace.json`, which no agent is given.
 */
export function packOf(traced: Traced): PackFile[] {
  const trace = `${JSON.stringify(traceOf(traced), null, 2)}\n`
  return [...traced.draft.files, { path: 'trace.json', content: trace }]
}
