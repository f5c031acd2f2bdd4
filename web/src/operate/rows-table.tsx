import type { ReactNode } from 'react'
import { DataTable } from '../parts/data-table.tsx'

export interface Column<T> {
  head: string
  isNumber?: boolean
  cell: (row: T) => ReactNode
}

interface RowsTableProps<T> {
  label: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
  /** What is said where there are no rows. */
  none: string
}

/** Rows by what their columns show of them. */
export function RowsTable<T>({ label, columns, rows, keyOf, none }: RowsTableProps<T>) {
  if (rows.length === 0) return <p className="small muted">{none}</p>
  return (
    <DataTable
      label={label}
      head={columns.map(({ head }) => head)}
      words={columns.filter(({ isNumber }) => isNumber !== true).map(({ head }) => head)}
      rows={rows.map((row) => ({ key: keyOf(row), cells: columns.map(({ cell }) => cell(row)) }))}
    />
  )
}
