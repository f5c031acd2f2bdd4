import { diagramLabel } from './diagram-label.ts'
import type { PlannedEntity } from './planned.ts'

/** More would be a diagram that nobody can read; the tables hold them all. */
const MAX_FIELDS = 12

/** The records and how they refer to each other, as an entity relationship diagram; empty without a record. */
export function entityDiagram(entities: readonly PlannedEntity[]): string {
  if (entities.length === 0) return ''
  const ids = new Map(entities.map(({ name }, index) => [name, `e${index + 1}`]))
  const boxes = entities.map(({ name, fields }, index) => {
    const rows = fields
      .slice(0, MAX_FIELDS)
      .map((field) => `    ${field.type} ${attributeName(field)}`)
    return [`  e${index + 1}["${diagramLabel(name)}"] {`, ...rows, '  }'].join('\n')
  })
  const lines = entities.flatMap(({ name, fields }) =>
    fields.flatMap((field) => {
      const other = field.type === 'reference' ? ids.get(field.options[0] ?? '') : undefined
      const one = field.required ? '||' : '|o'
      return other === undefined
        ? []
        : [`  ${other} ${one}--o{ ${ids.get(name)} : "${diagramLabel(field.name)}"`]
    }),
  )
  return ['```mermaid', 'erDiagram', ...boxes, ...lines, '```'].join('\n')
}

/** A name that Mermaid would take for the mark of a key is told apart by an underscore. */
function attributeName({ name }: { name: string }): string {
  return /^[pfu]k$/i.test(name) ? `${name}_` : name
}
