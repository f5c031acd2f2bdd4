import type { Finding } from '../kiro/tree.ts'
import { printable } from './output.ts'

/** A finding of the linter as a line of text. What it names of the file cannot steer a terminal. */
export function findingLine({ file, line, column, severity, rule, message }: Finding): string {
  return `${printable(file)}:${line}:${column}  ${severity}  ${printable(message)}  ${rule}`
}
