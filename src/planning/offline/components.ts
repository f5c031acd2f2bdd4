import { assertNever } from '../../domain/assert-never.ts'
import type { Capability } from '../../kiro/capability.ts'
import { nameOf } from '../../kiro/capability-wording.ts'
import { pluralOf } from '../../kiro/english.ts'
import { numberedCriteria } from './planned.ts'
import type { Outline } from './planned.ts'

/** The Components section: the modules, and for each entity what the API does. */
export function componentsOf(outline: Outline): string {
  const modules = `### Modules

| Module | Does |
| --- | --- |
| \`src/schema.js\` | says which records there are, with their fields and rules; nothing else knows them |
| \`src/rules.js\` | checks a record against its fields and rules; pure |
| \`src/store.js\` | keeps the records; the only module that writes |
| \`src/server.js\` | answers HTTP requests: the API below and the files of \`public/\` |
| \`public/\` | the page: lists, forms and views, drawn from what the API says |`
  const interfaces = outline.entities.map((entity) => {
    const refs = new Map<string, string[]>()
    for (const { ref, value } of numberedCriteria(outline.areas)) {
      if (value.capability?.entity !== entity.name) continue
      const name = interfaceOf(value.capability)
      refs.set(name, [...(refs.get(name) ?? []), ref])
    }
    const rows = [...refs].map(([name, criteria]) => `| ${name} | ${criteria.join(', ')} |`)
    const table = ['| Interface | Criteria |', '| --- | --- |', ...rows].join('\n')
    return rows.length > 0 ? `### Interface of ${pluralOf(nameOf(entity.name))}\n\n${table}` : ''
  })
  return [modules, ...interfaces.filter((text) => text !== '')].join('\n\n')
}

function interfaceOf(capability: Capability): string {
  const many = pluralOf(nameOf(capability.entity))
  switch (capability.kind) {
    case 'keep':
    case 'list':
    case 'empty_list':
      return `List of ${many}`
    case 'create':
      return `New entry in the ${many}, with its form`
    case 'view':
    case 'not_found':
      return `One of the ${many}`
    case 'edit':
      return `Change of one of the ${many}`
    case 'delete':
      return `Removal of one of the ${many}`
    case 'search':
    case 'filter':
      return `List of ${many}, narrowed`
    case 'schedule':
      return `Week of ${many}`
    case 'choice':
      return `Button on one of the ${many}`
    case 'report':
    case 'report_export':
    case 'export':
      return `Figures or file on the ${many}`
    case 'limit':
    case 'full':
    case 'deadline':
    case 'unique':
    case 'required':
    case 'wrong_type':
      return `Rule on storing ${many}`
    default:
      return assertNever(capability)
  }
}
