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

/** Past participles that no rule gives. */
export const participles: ReadonlyMap<string, string> = new Map(
  'bring:brought build:built buy:bought choose:chosen cut:cut draw:drawn drive:driven find:found get:got give:given hold:held keep:kept leave:left lend:lent let:let make:made pay:paid put:put read:read see:seen sell:sold send:sent set:set show:shown take:taken teach:taught tell:told undo:undone withdraw:withdrawn write:written'
    .split(' ')
    .map((pair): [string, string] => {
      const [base = '', form = ''] = pair.split(':')
      return [base, form]
    }),
)

/** Verbs whose last letter is doubled before `ed`. */
export const doubling: ReadonlySet<string> = new Set(
  'ban cancel crop drag drop flag label log map pin plan refer rip scan ship skip stop submit swap tag tap transfer travel unsubmit zip'.split(
    ' ',
  ),
)
