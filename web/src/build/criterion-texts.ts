/** The texts of the acceptance criteria by their number, from a requirements.md or a bugfix.md. */
export function criterionTexts(document: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  let requirement: string | undefined
  for (const line of document.split('\n')) {
    requirement = /^### Requirement (\d{1,4})\b/.exec(line)?.[1] ?? requirement
    const [, number = '', text = ''] = /^(\d{1,4}(?:\.\d{1,4})?)\.? (\S.*)$/.exec(line) ?? []
    if (number.includes('.')) texts.set(number, text)
    else if (number !== '' && requirement !== undefined) texts.set(`${requirement}.${number}`, text)
  }
  return texts
}
