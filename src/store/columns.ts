import type { ColumnType } from 'kysely'

/** What `jsonb()` gives; the brand keeps every other value out of a jsonb column. */
export interface StoredJson {
  readonly storedJson: true
}
export type JsonColumn<T> = ColumnType<T, StoredJson | undefined, StoredJson>
export type Timestamp = ColumnType<Date, Date | undefined, Date>
export type NullableTimestamp = ColumnType<Date | null, Date | null | undefined, Date | null>
/** 64 bits: the drivers differ in what they give for it, so queries cast it. */
export type Whole = ColumnType<unknown, number, number>
