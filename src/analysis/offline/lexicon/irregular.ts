/** Third-person forms that no rule gives. */
export const thirdPersonForms: ReadonlyMap<string, string> = new Map([
  ['be', 'is'],
  ['have', 'has'],
  ['do', 'does'],
  ['go', 'goes'],
  ['undo', 'undoes'],
  ['redo', 'redoes'],
])

/** Plurals without a final s. */
export const barePlurals: ReadonlySet<string> = new Set([
  'people',
  'staff',
  'children',
  'men',
  'women',
  'police',
])
