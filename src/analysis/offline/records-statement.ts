import { citationOf, type Finding } from './findings.ts'
import type { RecordFinding } from './records.ts'

/** The requirement that a list of fields makes: `The system keeps the name … of each class.` */
export function keepStatement(record: RecordFinding): Finding {
  const [first] = record.sentences
  const names = listText(record.said.map((name) => name.toLowerCase()))
  return {
    kind: 'requirement',
    statement: `The system keeps the ${names} of each ${record.noun}.`.slice(0, 1_000),
    priority: { level: 'must', reason: 'Listed by the client as what is to be kept.' },
    citations: record.sentences.map(citationOf),
    saidBy: first?.turn.speaker ?? '',
    at: first?.at ?? 0,
    clause: {
      verb: 'keep',
      object: record.noun,
      rest: `with ${names}`.slice(0, 400),
      negated: false,
    },
    replaces: false,
  }
}

/** `a, b and c` */
export function listText(parts: readonly string[]): string {
  const last = parts.at(-1)
  return parts.length < 2 || last === undefined
    ? (last ?? '')
    : `${parts.slice(0, -1).join(', ')} and ${last}`
}
