/** Where a line and column (both from 1) stand in a text, counted in UTF-16 units from 0. */
export function placeInText(text: string, line: number, column: number): number {
  const lines = text.split('\n')
  const before = lines.slice(0, Math.max(0, line - 1))
  const start = before.reduce((sum, one) => sum + one.length + 1, 0)
  const length = lines[line - 1]?.length ?? 0
  return Math.min(text.length, start + Math.min(Math.max(0, column - 1), length))
}
