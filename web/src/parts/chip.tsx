import type { ReactNode } from 'react'
import type { ProjectStatus } from '../../../src/domain/status.ts'
import { Icon } from './icon.tsx'
import { statusLook, type Tone } from './tone.ts'
import './chip.css'

/** A word or two in the colour of what they mean. */
export function Chip({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`chip tone-${tone}`}>{children}</span>
}

export function StatusChip({ status }: { status: ProjectStatus }) {
  const { tone, words, icon } = statusLook(status)
  return (
    <Chip tone={tone}>
      <Icon name={icon} />
      {words}
    </Chip>
  )
}
