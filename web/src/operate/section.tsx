import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ProblemNote } from '../parts/note.tsx'

interface SectionProps<T> {
  title: string
  query: UseQueryResult<T>
  /** What stands beside the title. */
  aside?: ReactNode
  children: (data: T) => ReactNode
}

/**
 * One part of what operators see. What was read stays while it is read again, and also when that
 * fails: the fault is said above it.
 */
export function Section<T>({ title, query, aside, children }: SectionProps<T>) {
  const { data, error, isError } = query
  return (
    <section className="operate-section panel" aria-label={title}>
      <div className="operate-head">
        <h2>{title}</h2>
        {aside}
      </div>
      {isError && <ProblemNote error={error} />}
      {data !== undefined && children(data)}
    </section>
  )
}
