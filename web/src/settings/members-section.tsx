import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { MeView } from '../../../src/http/views.ts'
import type { MemberView } from '../../../src/http/access-views.ts'
import { Age } from '../parts/age.tsx'
import { Button } from '../parts/button.tsx'
import { Chip } from '../parts/chip.tsx'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { Section } from '../parts/section.tsx'
import { Item } from './item.tsx'
import { RoleDialog } from './role-dialog.tsx'
import { type MayWithMember, mayWith, nameOf } from './roles.ts'
import { useRemoveMember } from './settings-actions.ts'
import { watchedMembersQuery } from './settings-queries.ts'
import { ToldNote, useTold } from './told.tsx'

interface RemoveProps {
  member: MemberView
  isMe: boolean
  onRemoved: () => void
  onClose: () => void
}

function RemoveDialog({ member, isMe, onRemoved, onClose }: RemoveProps) {
  const remove = useRemoveMember()
  return (
    <ConfirmDialog
      title={isMe ? 'Leave the workspace?' : `Remove ${nameOf(member)}?`}
      words={isMe ? 'Leave' : 'Remove'}
      keep={isMe ? 'Stay' : 'Keep them'}
      busy={remove.isPending}
      fault={remove.error}
      onConfirm={() => remove.mutate(member.userId, { onSuccess: onRemoved })}
      onClose={onClose}
    >
      {isMe
        ? 'You see nothing of it from then on, and your keys of this workspace end. Only an invitation leads back.'
        : 'They see nothing of the workspace from then on, and the keys that they made here end. What they did stays.'}
    </ConfirmDialog>
  )
}

interface MemberProps {
  member: MemberView
  isMe: boolean
  may: MayWithMember
  ask: (what: 'role' | 'remove') => void
}

function Member({ member, isMe, may, ask }: MemberProps) {
  const reason = useId()
  const name = nameOf(member)
  const still = {
    refused: may.isLastOwner,
    'aria-describedby': may.isLastOwner ? reason : undefined,
  }
  const hasActions = may.changeRole || may.remove
  return (
    <Item
      name={
        <>
          {name} {isMe && <span className="muted">(you)</span>}{' '}
          <Chip tone="quiet">{member.role}</Chip>
        </>
      }
      facts={
        <>
          {member.email !== null && member.email !== name && `${member.email}, `}
          joined <Age at={member.since} />
          {hasActions && may.isLastOwner && (
            <span id={reason}>. The only owner: make somebody else an owner first.</span>
          )}
        </>
      }
    >
      {may.changeRole && (
        <Button {...still} aria-label={`Change role: ${name}`} onClick={() => ask('role')}>
          Change role
        </Button>
      )}
      {may.remove && (
        <Button
          {...still}
          kind="danger"
          aria-label={isMe ? 'Leave the workspace' : `Remove ${name}`}
          onClick={() => ask('remove')}
        >
          {isMe ? 'Leave' : 'Remove'}
        </Button>
      )}
    </Item>
  )
}

interface Asked {
  what: 'role' | 'remove'
  member: MemberView
}

/** Who belongs to the workspace; whoever may changes their roles and ends their memberships. */
export function MembersSection({ me }: { me: MeView }) {
  const query = useQuery(watchedMembersQuery)
  const [asked, setAsked] = useState<Asked>()
  const [told, tell] = useTold()
  const close = () => setAsked(undefined)
  const done = (words: string) => {
    close()
    tell(words)
  }
  return (
    <Section title="Members" query={query}>
      {({ items }) => (
        <>
          <ToldNote told={told} />
          <ul className="items">
            {items.map((member) => (
              <Member
                key={member.userId}
                member={member}
                isMe={member.userId === me.userId}
                may={mayWith(me, member, items)}
                ask={(what) => setAsked({ what, member })}
              />
            ))}
          </ul>
          {asked?.what === 'role' && (
            <RoleDialog
              member={asked.member}
              isMe={asked.member.userId === me.userId}
              mine={me.role}
              onChanged={(role) => done(`${nameOf(asked.member)} has the role ${role} now.`)}
              onClose={close}
            />
          )}
          {asked?.what === 'remove' && (
            <RemoveDialog
              member={asked.member}
              isMe={asked.member.userId === me.userId}
              onRemoved={() => done(`${nameOf(asked.member)} is a member no more.`)}
              onClose={close}
            />
          )}
        </>
      )}
    </Section>
  )
}
