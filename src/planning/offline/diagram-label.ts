import { plainLine } from '../../kiro/inline.ts'

const MAX_LABEL = 60

/** Words for a node: only letters, digits and harmless signs can stand between its quotes. */
export function diagramLabel(text: string): string {
  const words = plainLine(text.replaceAll(/[^\p{L}\p{N} .,'-]/gu, ' '), MAX_LABEL)
  return words === '' ? '-' : words
}
