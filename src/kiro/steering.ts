import { invalidInput } from '../domain/errors.ts'
import { assertWithinBounds } from './bounds.ts'
import { oneLine, trimBlankLines } from './lines.ts'
import type { Steering } from './tree.ts'

/** Longer front matter, in lines, is taken for a part of the body. */
const MAX_FRONT_MATTER = 200

/**
 * A steering file: Markdown with optional front matter that says when Kiro reads it; without any it
 * always does. @throws AppError `steering_invalid`, `document_too_large`
 */
export function parseSteering(text: string): Steering {
  assertWithinBounds(text)
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)
  const end = frontMatterEnd(lines)
  const fields = fieldsOf(end < 0 ? [] : lines.slice(1, end))
  const name = fields.get('name')
  const description = fields.get('description')
  const patterns = listOf(fields.get('fileMatchPattern') ?? '')
  return {
    inclusion: inclusionOf(fields.get('inclusion') ?? 'always'),
    ...(patterns.length > 0 && { fileMatchPattern: patterns }),
    ...(name !== undefined && { name: unquoted(name) }),
    ...(description !== undefined && { description: unquoted(description) }),
    body: trimBlankLines(lines.slice(end + 1)).join('\n'),
  }
}

/** Front matter is written only where the file is not simply always read. */
export function renderSteering(steering: Steering): string {
  const { inclusion, fileMatchPattern = [], name, description } = steering
  const body = trimBlankLines(steering.body.split(/\r\n?|\n/)).join('\n')
  const fields = [
    fileMatchPattern.length > 0 && `fileMatchPattern: ${renderPatterns(fileMatchPattern)}`,
    name !== undefined && `name: ${quoted(name)}`,
    description !== undefined && `description: ${quoted(description)}`,
  ].filter((field) => field !== false)
  const plain = inclusion === 'always' && fields.length === 0 && !body.startsWith('---')
  const front = plain ? [] : ['---', `inclusion: ${inclusion}`, ...fields, '---', '']
  return `${[...front, body].join('\n')}\n`
}

function frontMatterEnd(lines: readonly string[]): number {
  if (lines[0]?.trimEnd() !== '---') return -1
  return lines
    .slice(0, MAX_FRONT_MATTER)
    .findIndex((line, at) => at > 0 && line.trimEnd() === '---')
}

/** `key: value` lines; a list below a key is put together as `[a, b]`. */
function fieldsOf(lines: readonly string[]): Map<string, string> {
  const fields = new Map<string, string>()
  let key = ''
  for (const line of lines) {
    const field = /^([A-Za-z]+):(.*)$/s.exec(line)
    const item = /^\s*-\s(.*)$/s.exec(line)?.[1]?.trim()
    if (field) {
      key = field[1] ?? ''
      fields.set(key, (field[2] ?? '').trim())
      continue
    }
    const list = fields.get(key)
    if (item !== undefined && list !== undefined && (list === '' || list.startsWith('['))) {
      fields.set(key, list === '' ? `[${item}]` : `${list.slice(0, -1)}, ${item}]`)
    }
  }
  return fields
}

function inclusionOf(value: string): Steering['inclusion'] {
  const inclusion = unquoted(value)
  switch (inclusion) {
    case 'always':
    case 'fileMatch':
    case 'manual':
    case 'auto':
      return inclusion
    default:
      throw invalidInput(
        'steering_invalid',
        'A steering file’s inclusion must be always, fileMatch, manual or auto.',
      )
  }
}

/** A glob, or a list of globs: quoted ones may hold commas and braces. */
function listOf(value: string): string[] {
  if (!value.startsWith('[') || !value.endsWith(']')) {
    return value === '' ? [] : [unquoted(value)]
  }
  const items = value.slice(1, -1).match(/"(?:[^"\\]|\\.)*"|'[^']*'|[^,\s][^,]*/gs) ?? []
  return items.map((item) => unquoted(item.trim()))
}

function unquoted(value: string): string {
  if (value.length > 1 && value.startsWith("'") && value.endsWith("'")) {
    return value.slice(1, -1).replaceAll("''", "'")
  }
  if (!value.startsWith('"')) return value
  try {
    return String(JSON.parse(value))
  } catch {
    return value
  }
}

/** JSON strings are YAML strings. */
function quoted(value: string): string {
  return JSON.stringify(oneLine(value))
}

function renderPatterns(patterns: readonly string[]): string {
  const [first = ''] = patterns
  return patterns.length === 1 ? quoted(first) : `[${patterns.map(quoted).join(', ')}]`
}
