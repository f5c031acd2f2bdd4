import type { Entity } from '../../domain/brief.ts'
import type { Citation } from '../../domain/citation.ts'
import type { Field } from './fields.ts'
import { citationOf, type Finding } from './findings.ts'
import { capitalised } from './inflect.ts'
import { emptyNouns, outputNouns, pronounObjects, systemNouns } from './lexicon/nouns.ts'
import { keepingVerbs, makingVerbs } from './lexicon/verbs.ts'
import type { RecordFinding } from './records.ts'

interface Evidence {
  noun: string
  fields: Field[]
  citations: Citation[]
  listed: boolean
  deeds: number
}

const most = 6

/** Words for software that are things of a business when their fields are listed. */
const sellable = new Set([
  'tool',
  'product',
  'service',
  'programme',
  'program',
  'schedule',
  'report',
])

/** The things that the software keeps, best supported first, with the fields that were said. */
export function entitiesOf(
  records: readonly RecordFinding[],
  findings: readonly Finding[],
): Entity[] {
  const found = new Map<string, Evidence>()
  for (const record of records) addRecord(found, record)
  for (const finding of findings) addDeed(found, finding)
  const kept = [...found.values()]
    .filter((evidence) => evidence.listed || evidence.deeds >= 2)
    .sort((a, b) => Number(b.listed) - Number(a.listed) || b.deeds - a.deeds)
    .slice(0, most)
  const names = new Map(kept.map((evidence) => [evidence.noun, titleCase(evidence.noun)]))
  return kept.map((evidence, index) => ({
    id: `E${index + 1}`,
    name: titleCase(evidence.noun),
    fields: withReferences(evidence, names),
    citations: evidence.citations.slice(0, 12),
  }))
}

function evidenceFor(found: Map<string, Evidence>, noun: string): Evidence {
  const evidence = found.get(noun) ?? { noun, fields: [], citations: [], listed: false, deeds: 0 }
  found.set(noun, evidence)
  return evidence
}

function addRecord(found: Map<string, Evidence>, record: RecordFinding): void {
  if (!isKept(record.noun) && !sellable.has(record.noun)) return
  const evidence = evidenceFor(found, record.noun)
  evidence.listed = true
  for (const field of record.fields) {
    if (!evidence.fields.some((known) => known.name === field.name)) evidence.fields.push(field)
  }
  for (const sentence of record.sentences) cite(evidence, citationOf(sentence))
}

function addDeed(found: Map<string, Evidence>, { clause, citations, kind }: Finding): void {
  if (kind !== 'requirement' || clause?.object === undefined || !keepingVerbs.has(clause.verb))
    return
  // `phone number of the members` is about the number.
  const noun = clause.object.split(' of ')[0]?.toLowerCase().split(' ').at(-1) ?? ''
  if (!/^[a-z][a-z-]{2,30}$/.test(noun) || !isKept(noun)) return
  const evidence = evidenceFor(found, noun)
  evidence.deeds += makingVerbs.has(clause.verb) ? 2 : 1
  for (const citation of citations) cite(evidence, citation)
}

function cite(evidence: Evidence, citation: Citation): void {
  const known = evidence.citations.some(
    (other) => other.turn === citation.turn && other.quote === citation.quote,
  )
  if (!known) evidence.citations.push(citation)
}

function isKept(noun: string): boolean {
  return (
    !outputNouns.has(noun) &&
    !emptyNouns.has(noun) &&
    !systemNouns.has(noun) &&
    !pronounObjects.has(noun)
  )
}

/** A field that names another kept thing refers to it. */
function withReferences(evidence: Evidence, names: ReadonlyMap<string, string>): Field[] {
  return evidence.fields.map((field) => {
    const name = names.get(field.name)
    return name === undefined || field.name === evidence.noun
      ? field
      : { name: field.name, type: 'reference', required: field.required, options: [name] }
  })
}

function titleCase(noun: string): string {
  return noun
    .split(/[\s-]+/)
    .map(capitalised)
    .join(' ')
    .slice(0, 60)
}
