type Of<Kind extends string, More> = Kind extends unknown
  ? { kind: Kind; entity: string } & More
  : never

/** What the built-in builder can make and test. Entities and fields are named as in design.md. */
export type Capability =
  /** `keep`: records with these fields can be stored and read back. `required`: none may be missing. */
  | Of<'keep' | 'required', { fields: readonly string[] }>
  | Of<EntityCapability, object>
  /** `unique`: no two records share the value. `filter`: those with one value. `schedule`: by week. */
  | Of<'unique' | 'filter' | 'schedule', { field: string }>
  /** One press sets a choice to one of its values. */
  | Of<'choice', ChoiceValue>
  /** At most `max` records that name the same other record in `by`. */
  | Of<'limit', { by: string; max: number; without?: ChoiceValue }>
  /** A record is refused when what it names in `by` is full. */
  | Of<'full', { by: string }>
  /** A choice cannot be set any more within `hours` before `time` of the record named in `by`. */
  | Of<'deadline', ChoiceValue & { by: string; time: string; hours: number }>
  /** Records counted for each record that they name in `by`, month by month. */
  | Of<'report' | 'report_export', { by: string; places?: string }>

/** The capabilities of some kinds. */
export type CapabilityOf<Kind extends Capability['kind']> = Extract<Capability, { kind: Kind }>

export type EntityCapability =
  | 'create'
  | 'list'
  | 'view'
  | 'edit'
  | 'delete'
  | 'search'
  | 'export'
  | 'empty_list'
  | 'not_found'
  | 'wrong_type'

export interface ChoiceValue {
  field: string
  value: string
}
