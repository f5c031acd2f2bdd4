import type { Finding } from '../findings.ts'

/** What a clause says, told again, with what speaks for and against that it asks for something. */
export interface Retold {
  finding: Finding
  features: readonly string[]
  /** How surely it asks for something, from 0 to 1. */
  weight: number
  /** Whether words of it can be read in more than one way. */
  vague: boolean
  /** Whether it answers what the agent asked, without breaking off. */
  clear: boolean
  /** Whether rules have read it already. */
  known: boolean
}
