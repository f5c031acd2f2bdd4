import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ProblemNote } from './note.tsx'
import './section.css'

interface SectionProps<T> {
  title: string
  query: UseQueryResult<T>
  /** What stands beside the title. */
  aside?: ReactNode
  children: (data: T) => ReactNode
}

/**
 * One part of a page that is read again while it is looked at. What was read stays meanwhile, and
 * also when that fails: the fault is said above it.
 */
export function Section<T>({ title, query, aside, children }: SectionProps<T>) {
  const { data, error, isError } = query
  return (
    <section className="section panel" aria-label={title}>
      <div className="section-head">
        <h2>{title}</h2>
        {aside}
      </div>
      {isError && <ProblemNote error={error} />}
      {data !== undefined && children(data)}
    </section>
  )
}
