import type { ReactNode } from 'react'
import { ScrollRegion } from './scroll-region.tsx'
import './data-table.css'

export interface Column<T> {
  head: string
  /** Numbers stand below each other by their end. */
  isNumber?: boolean
  cell: (row: T) => ReactNode
}

interface DataTableProps<T> {
  label: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
  /** What is said where there are no rows. */
  none: string
}

/** Rows and columns; where they find no room they scroll by themselves. */
export function DataTable<T>({ label, columns, rows, keyOf, none }: DataTableProps<T>) {
  if (rows.length === 0) return <p className="data-none small muted">{none}</p>
  const kind = ({ isNumber }: Column<T>) => (isNumber === true ? 'data-number' : undefined)
  return (
    <ScrollRegion className="data-scroll" label={label}>
      <table className="data-table">
        <caption className="unseen">{label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.head} scope="col" className={kind(column)}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.head} className={kind(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
