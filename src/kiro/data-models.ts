import { FieldType } from '../domain/brief.ts'
import { blocksOf, headingOf } from './blocks.ts'
import { capitalised, wordsOfName } from './english.ts'
import { fromInline, inline } from './inline.ts'
import { scanLines } from './lines.ts'

/** One row of an entity's table in design.md. */
export interface FieldModel {
  /** Lower camel case. */
  name: string
  type: FieldType
  required: boolean
  /** For `choice` the values; for `reference` the one entity's name. */
  options: readonly string[]
  /** Further words of the Notes column. */
  note?: string
}

export interface EntityModel {
  name: string
  fields: readonly FieldModel[]
}

/** The body of the Data Models section: one heading and table for each entity. */
export function renderDataModels(entities: readonly EntityModel[]): string {
  return entities
    .map(({ name, fields }) => {
      const rows = fields.map(
        (field) =>
          `| ${field.name} | ${field.type} | ${field.required ? 'yes' : 'no'} | ${notesOf(field)} |`,
      )
      const head = ['| Field | Type | Required | Notes |', '| --- | --- | --- | --- |']
      return `### ${inline(name, 60)}\n\n${[...head, ...rows].join('\n')}`
    })
    .join('\n\n')
}

/** Reads the tables back. Rows that are no field, and entities without one, are left out. */
export function parseDataModels(body: string): EntityModel[] {
  return blocksOf(scanLines(body), ({ level }) => level === 3).flatMap(({ heading, lines }) => {
    const name = fromInline(heading?.text ?? '')
    const rows = lines.filter((line) => !line.fenced && !headingOf(line))
    const fields = rows.flatMap((line) => fieldOf(cellsOf(line.text)) ?? [])
    const known = new Set<string>()
    const distinct = fields.filter((field) => !known.has(field.name) && known.add(field.name))
    return name === '' || distinct.length === 0 ? [] : [{ name, fields: distinct }]
  })
}

/** The field's name as people read it: `start time`. */
export function labelOf(field: Pick<FieldModel, 'name'>): string {
  return wordsOfName(field.name)
}

function notesOf({ type, options, note }: FieldModel): string {
  const parts: string[] = []
  if (type === 'choice' && options.length > 0) {
    parts.push(`One of: ${options.map((option) => quotedValue(option)).join(', ')}`)
  }
  if (type === 'reference' && options[0] !== undefined) {
    parts.push(`References ${quotedValue(options[0])}`)
  }
  if (note !== undefined) parts.push(capitalised(inline(note, 300)))
  return parts.join('. ')
}

/** The value in quotes; quotes within it become single ones, so that it can be read back. */
export function quotedValue(value: string): string {
  return `"${inline(value.replaceAll('"', "'"), 80)}"`
}

function fieldOf(cells: readonly string[]): FieldModel | undefined {
  const [name = '', rawType = '', required = '', notes = ''] = cells
  const type = FieldType.safeParse(rawType.toLowerCase())
  if (!type.success || !/^[a-z][A-Za-z0-9]{0,39}$/.test(name)) return undefined
  const named = type.data === 'choice' || type.data === 'reference'
  const options = named ? [...notes.matchAll(/"([^"]*)"/g)] : []
  return {
    name,
    type: type.data,
    required: /^yes$/i.test(required),
    options: options.map((match) => fromInline(match[1] ?? '')).filter((value) => value !== ''),
  }
}

/** The cells of a table row; an escaped bar divides nothing. */
function cellsOf(text: string): string[] {
  const row = text.trim()
  if (!row.startsWith('|')) return []
  return row
    .slice(1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim())
}
