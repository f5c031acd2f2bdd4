/** Makes the server's log readable for readStatements: the session's process comes first. */
export const logLinePrefix = '@@%p '

/** One statement that a session sent: one round trip. */
export interface Statement {
  session: number
  text: string
  /** Its parameters as the server logs them; a null is null. */
  values: (string | null)[]
}

const Entry = /^@@(\d+) ([A-Z]+): {2}(.*)$/s

/** Splits `$1 = 'it''s', $2 = NULL` into values. */
export function readParameters(text: string): (string | null)[] {
  const found = text.matchAll(/\$\d+ = (?:'((?:[^']|'')*)'|NULL)/g)
  return [...found].map(([, quoted]) => quoted?.replaceAll("''", "'") ?? null)
}

/** The statements of a log that was written under `log_statement = all`, in their order. */
export function readStatements(log: string): Statement[] {
  const entries = log.split(/\n(?=@@\d+ )/)
  const statements: Statement[] = []
  for (const entry of entries) {
    const [, session, kind, rest] = Entry.exec(entry.trimEnd()) ?? []
    if (session === undefined || kind === undefined || rest === undefined) continue
    // The server indents the further lines of an entry by a tab.
    const message = rest.replaceAll('\n\t', '\n')
    const sent = /^(?:statement|execute [^:]*): (.*)$/s.exec(message)?.[1]
    if (kind === 'LOG' && sent !== undefined) {
      statements.push({ session: Number(session), text: sent.trim(), values: [] })
    }
    const last = statements.at(-1)
    if (kind === 'DETAIL' && /^parameters:/i.test(message) && last?.session === Number(session)) {
      last.values = readParameters(message)
    }
  }
  return statements
}
