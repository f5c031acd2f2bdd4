import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { meQuery } from '../api/queries.ts'
import { Empty } from '../parts/note.tsx'
import { mayOperate } from '../session/may-operate.ts'
import { ErrorsSection } from './errors-section.tsx'
import { LettersSection } from './letters-section.tsx'
import { ModelsSection } from './models-section.tsx'
import { QueueSection } from './queue-section.tsx'
import { WorkersSection } from './workers-section.tsx'
import './operate.css'

/** How the system runs, for its operators. */
export function OperatePage() {
  const { data: me } = useQuery(meQuery)
  useEffect(() => {
    document.title = 'Operate · Talkwright'
  }, [])
  if (me === undefined) return null
  if (!mayOperate(me)) {
    return (
      <Empty title="This page is for admins">
        <p>Ask an admin or the owner of the workspace.</p>
      </Empty>
    )
  }
  return (
    <div className="operate">
      <h1>Operate</h1>
      <QueueSection />
      <LettersSection />
      <ModelsSection />
      <WorkersSection />
      <ErrorsSection />
    </div>
  )
}
