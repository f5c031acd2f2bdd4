import type { Diagram } from './diagram.ts'
import { readErDiagram } from './er-diagram.ts'
import { readFlowchart } from './flowchart.ts'

/** More than this is not drawn; in characters. */
const mostText = 20_000

/**
 * Reads a drawing in Mermaid's language, as far as plans use it: flowcharts and entity relationship
 * diagrams. Undefined for every other text, which then has to be shown as it is.
 */
export function readDiagram(text: string): Diagram | undefined {
  if (text.length > mostText) return undefined
  // One space in the place of many: runs of them would make patterns slow.
  const lines = text.split('\n').map((line) => line.replaceAll(/\s+/g, ' ').trim())
  const [head = '', ...rest] = lines.filter((line) => line !== '' && !line.startsWith('%%'))
  return head === 'erDiagram' ? readErDiagram(rest) : readFlowchart(head, rest)
}
