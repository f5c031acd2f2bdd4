import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Role } from '../../../src/domain/principal.ts'
import type { InvitationView, InvitedView } from '../../../src/http/access-views.ts'
import { formatMoment } from '../format/time.ts'
import { Button } from '../parts/button.tsx'
import { Chip } from '../parts/chip.tsx'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { Field } from '../parts/field.tsx'
import { ProblemNote } from '../parts/note.tsx'
import { Person } from '../parts/person.tsx'
import { Section } from '../parts/section.tsx'
import { Item } from './item.tsx'
import { RoleSelect } from './role-select.tsx'
import { useInvite, useWithdraw } from './settings-actions.ts'
import { invitationsQuery } from './settings-queries.ts'
import { ShownOnce } from './shown-once.tsx'
import { ToldNote, useTold } from './told.tsx'

function InviteForm({ mine }: { mine: Role }) {
  const invite = useInvite()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('member')
  const [made, setMade] = useState<InvitedView & { name: string }>()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = { name: name.trim(), role }
    if (wanted.name === '' || invite.isPending) return
    invite.mutate(wanted, {
      onSuccess: (invited) => {
        setMade({ ...invited, name: wanted.name })
        setName('')
        invite.reset()
      },
    })
  }
  return (
    <>
      <form className="settings-form" onSubmit={submit}>
        <Field name="For whom" hint="A name that the others will know them by.">
          <input
            type="text"
            required
            maxLength={120}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <RoleSelect mine={mine} value={role} onChange={setRole} />
        <Button kind="primary" type="submit" busy={invite.isPending} disabled={name.trim() === ''}>
          Make a link
        </Button>
      </form>
      {invite.isError && <ProblemNote error={invite.error} />}
      {made !== undefined && (
        <ShownOnce
          key={made.id}
          title={`The link for ${made.name}`}
          secret={made.link}
          what="the link"
          onDone={() => setMade(undefined)}
        >
          Hand it to them. It lets one person in, once, until {formatMoment(made.expiresAt)}.
        </ShownOnce>
      )}
    </>
  )
}

interface WithdrawProps {
  invitation: InvitationView
  onWithdrawn: () => void
  onClose: () => void
}

function WithdrawDialog({ invitation, onWithdrawn, onClose }: WithdrawProps) {
  const withdraw = useWithdraw()
  return (
    <ConfirmDialog
      title={`Withdraw the invitation for ${invitation.name}?`}
      words="Withdraw"
      keep="Keep it"
      busy={withdraw.isPending}
      fault={withdraw.error}
      onConfirm={() => withdraw.mutate(invitation.id, { onSuccess: onWithdrawn })}
      onClose={onClose}
    >
      The link lets nobody in any more. Another one can be made at any time.
    </ConfirmDialog>
  )
}

/** Links that wait to be accepted, and new ones. */
export function InvitationsSection({ mine }: { mine: Role }) {
  const query = useQuery(invitationsQuery)
  const [asked, setAsked] = useState<InvitationView>()
  const [told, tell] = useTold()
  const close = () => setAsked(undefined)
  return (
    <Section title="Invitations" query={query}>
      {({ items }) => (
        <>
          <InviteForm mine={mine} />
          <ToldNote told={told} />
          {items.length === 0 && <p className="small muted">No open invitations.</p>}
          <ul className="items">
            {items.map((invitation) => (
              <Item
                key={invitation.id}
                name={
                  <>
                    {invitation.name} <Chip tone="quiet">{invitation.role}</Chip>
                  </>
                }
                facts={
                  <>
                    by <Person id={invitation.createdBy} />, until{' '}
                    {formatMoment(invitation.expiresAt)}
                  </>
                }
              >
                <Button
                  kind="danger"
                  aria-label={`Withdraw the invitation for ${invitation.name}`}
                  onClick={() => setAsked(invitation)}
                >
                  Withdraw
                </Button>
              </Item>
            ))}
          </ul>
          {asked !== undefined && (
            <WithdrawDialog
              invitation={asked}
              onWithdrawn={() => {
                close()
                tell(`The link for ${asked.name} lets nobody in any more.`)
              }}
              onClose={close}
            />
          )}
        </>
      )}
    </Section>
  )
}
