/** Errors that pause a project instead of failing it: a person can change what they are about. */
export const pausingCodes: ReadonlySet<string> = new Set(['budget_exceeded', 'price_unknown'])
