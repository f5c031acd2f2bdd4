import type { ReactNode } from 'react'
import { ScrollRegion } from './scroll-region.tsx'
import './data-table.css'

interface DataTableProps {
  /** What the table holds, for a screen reader. */
  label: string
  head: readonly string[]
  /** Each with a key; its first cell is what the row is about. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[]
}

/** Figures in rows and columns; the first column names the row, the others stand to the right. */
export function DataTable({ label, head, rows }: DataTableProps) {
  return (
    <ScrollRegion className="data-table" label={label}>
      <table>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...others] }) => (
            <tr key={key}>
              <th scope="row">{first}</th>
              {others.map((cell, index) => (
                <td key={head[index + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
