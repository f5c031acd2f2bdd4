import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { hasRole } from '../../../src/domain/role-order.ts'
import { BudgetSection } from './budget-section.tsx'
import { InvitationsSection } from './invitations-section.tsx'
import { KeysSection } from './keys-section.tsx'
import { MembersSection } from './members-section.tsx'
import { watchedMeQuery } from './settings-queries.ts'
import { WorkspaceSection } from './workspace-section.tsx'
import { YouSection } from './you-section.tsx'
import './settings.css'

/** The workspace, its people and its keys; each reader is offered what they may change. */
export function SettingsPage() {
  const { data: me } = useQuery(watchedMeQuery)
  useEffect(() => {
    document.title = 'Settings · Talkwright'
  }, [])
  if (me === undefined) return null
  return (
    <div className="settings">
      <h1>Settings</h1>
      <WorkspaceSection />
      <MembersSection me={me} />
      {hasRole(me.role, 'admin') && <InvitationsSection mine={me.role} />}
      <KeysSection me={me} />
      <BudgetSection mine={me.role} />
      <YouSection userId={me.userId} />
    </div>
  )
}
