import { oneLine } from './lines.ts'

/** What a reference line of a task or a property names. */
export interface References {
  kind: 'requirements' | 'validates'
  refs: string[]
}

const MAX_RANGE = 100

/**
 * Reads `_Requirements: 1.1, 2.3_` and `**Validates: Requirements 1.2**`; undefined for any other
 * line. A range such as `1.1-1.3` is written out; what is no reference stays as it is, for the
 * linter to name.
 */
export function parseReferences(text: string): References | undefined {
  const line = text.trim()
  const requirements = /^_Requirements?:(.*)$/is.exec(line)?.[1]
  if (requirements !== undefined) {
    return { kind: 'requirements', refs: refsOf(requirements.replace(/_\.?$/, '')) }
  }
  const validates = /^\*\*Validates:(.*)$/is.exec(line)?.[1]
  if (validates === undefined) return undefined
  const list = validates.replaceAll('**', '').trimStart()
  return { kind: 'validates', refs: refsOf(list.replace(/^Requirements?\b:?/i, '')) }
}

export function renderRequirementReferences(refs: readonly string[]): string {
  return `_Requirements: ${refs.map(oneLine).join(', ')}_`
}

export function renderValidates(refs: readonly string[]): string {
  return `**Validates: Requirements ${refs.map(oneLine).join(', ')}**`
}

function refsOf(list: string): string[] {
  return list.split(',').flatMap((item) => {
    const ref = item.trim()
    return ref === '' ? [] : (rangeOf(ref) ?? [ref])
  })
}

function rangeOf(ref: string): string[] | undefined {
  const match = /^(\d{1,4})\.(\d{1,4})\s?[-–]\s?(\d{1,4})\.(\d{1,4})$/.exec(ref)
  if (!match || match[1] !== match[3]) return undefined
  const first = Number(match[2])
  const last = Number(match[4])
  if (last < first || last - first >= MAX_RANGE) return undefined
  return Array.from({ length: last - first + 1 }, (_, index) => `${match[1]}.${first + index}`)
}
