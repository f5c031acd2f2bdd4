import { z } from 'zod'
import { invalidInput } from '../domain/errors.ts'
import { assertWithinBounds } from './bounds.ts'
import type { SpecConfig } from './tree.ts'

/** Kiro reads no `.config.kiro` above this size, in characters. */
const MAX_CONFIG = 64 * 1024

const Config = z.object({
  specId: z.string().min(1).max(200),
  workflowType: z.enum(['requirements-first', 'design-first']),
  specType: z.enum(['feature', 'bugfix']),
})

/** Reads `.config.kiro`. @throws AppError `spec_config_invalid`, `document_too_large` */
export function parseConfig(text: string): SpecConfig {
  assertWithinBounds(text, MAX_CONFIG)
  const config = Config.safeParse(jsonOf(text))
  if (config.success) return config.data
  const [issue] = config.error.issues
  throw invalidInput(
    'spec_config_invalid',
    `.config.kiro must be JSON with specId, workflowType and specType: ${issue?.path.join('.') || 'the file'} is not valid.`,
  )
}

/** One line of JSON, as Kiro writes it. */
export function renderConfig({ specId, workflowType, specType }: SpecConfig): string {
  return JSON.stringify({ specId, workflowType, specType })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
