import type { ReactNode } from 'react'
import { ScrollRegion } from './scroll-region.tsx'
import './data-table.css'

interface DataTableProps {
  /** What the table holds, for a screen reader. */
  label: string
  head: readonly string[]
  /** Each with a key; its first cell is what the row is about. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[]
  /** The columns of `head` that hold words and stand to the left, as the first one always does. */
  words?: readonly string[]
}

/**
 * Figures in rows and columns; the first column names the row, figures stand to the right. Where there
 * is no room for columns, each row is a list of its own.
 */
export function DataTable({ label, head, rows, words = [] }: DataTableProps) {
  const kind = (name: string | undefined) =>
    name !== undefined && words.includes(name) ? 'data-words' : undefined
  return (
    <ScrollRegion className="data-table" label={label}>
      <table>
        <thead>
          <tr>
            {head.map((name) => (
              <th key={name} scope="col" className={kind(name)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [first, ...others] }) => (
            <tr key={key}>
              <th scope="row">{first}</th>
              {others.map((cell, index) => {
                const name = head[index + 1]
                return (
                  <td key={name} data-head={name} className={kind(name)}>
                    {cell}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
