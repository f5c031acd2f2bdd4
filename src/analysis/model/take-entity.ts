import type { Entity } from '../../domain/brief.ts'
import { boundedLine } from '../../domain/screen/bounded-line.ts'
import type { AnsweredEntity } from './answer.ts'
import {
  bare,
  type Digestion,
  isSpokenOf,
  remove,
  safeLine,
  spokenOf,
  takeQuotes,
} from './digestion.ts'

const maxFields = 60

/** A thing to keep, with a name and fields that can be stored. */
export function takeEntity(digestion: Digestion, entity: AnsweredEntity): void {
  const { findings } = digestion
  const fields = entity.fields.slice(0, maxFields)
  const all = [entity.name, ...fields.flatMap(({ name, options }) => [name, ...options])].join('\n')
  if (safeLine(digestion, 'entity', all, 10) === undefined) return
  if (spokenOf(digestion, 'entity', entity.name, 60) === '') return
  const name = titleCase(entity.name)
  if (name === '' || findings.entities.some((one) => one.name === name)) return
  const citations = takeQuotes(digestion, name, entity.quotes).map(bare)
  if (citations.length === 0 && entity.quotes.length > 0) {
    remove(digestion, 'entity', entity.name, 'Its quotes do not stand in the talk.')
    return
  }
  const inferred =
    boundedLine(entity.inferred ?? '', 300) || 'Nobody named it as something to keep.'
  const named = new Map(
    fields.map((field) => [fieldName(field.name), field] as const).filter(([key]) => key !== ''),
  )
  findings.entities.push({
    name,
    fields: [...named].map(([key, field]) => fieldOf(digestion, key, field)),
    citations,
    ...(citations.length === 0 && { inferred }),
  })
}

function fieldOf(
  digestion: Digestion,
  name: string,
  { type, required, options }: AnsweredEntity['fields'][number],
): Entity['fields'][number] {
  const values = options
    .slice(0, 40)
    .map((value) => boundedLine(value, 80))
    .filter((value) => value !== '' && isSpokenOf(value, digestion.byAll))
  return { name, type, required, ...(values.length > 0 && { options: values }) }
}

function titleCase(name: string): string {
  const words = boundedLine(name, 60).match(/[\p{L}\p{N}]+/gu) ?? []
  return words
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
    .slice(0, 60)
}

function fieldName(name: string): string {
  const words = name.normalize('NFKD').match(/[A-Za-z0-9]+/g) ?? []
  const camel = words
    .map(
      (word, at) =>
        (at === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1),
    )
    .join('')
    .slice(0, 40)
  return /^[a-z]/.test(camel) ? camel : ''
}
