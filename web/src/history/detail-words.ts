function valueWords(value: unknown): string {
  if (typeof value === 'string') return /^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : value
  if (Array.isArray(value)) return value.map(valueWords).join(', ')
  return JSON.stringify(value) ?? ''
}

/** What the audit log notes of an action: `version 3, hash 5f0c…`. */
export function detailWords(details: Readonly<Record<string, unknown>>): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => {
      const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
      return `${words} ${valueWords(value)}`
    })
    .join(', ')
}
