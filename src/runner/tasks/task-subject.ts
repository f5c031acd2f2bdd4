/** The subject of a task's commit, `task 2.1: Add classes`: one line, without what would hide or turn text. */
export function taskSubject(number: string, title: string): string {
  const words = title.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  return `task ${number}: ${words.slice(0, 100).toWellFormed() || 'Untitled'}`
}
