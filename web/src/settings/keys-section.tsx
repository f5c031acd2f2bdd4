import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { hasRole } from '../../../src/domain/role-order.ts'
import type { KeyView } from '../../../src/http/access-views.ts'
import type { MeView } from '../../../src/http/views.ts'
import { count } from '../format/count.ts'
import { formatMoment } from '../format/time.ts'
import { useNow } from '../format/use-now.ts'
import { Age } from '../parts/age.tsx'
import { Button } from '../parts/button.tsx'
import { Chip } from '../parts/chip.tsx'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { Person } from '../parts/person.tsx'
import { Section } from '../parts/section.tsx'
import { Item } from './item.tsx'
import { KeyForm } from './key-form.tsx'
import { type KeyState, keyState } from './key-state.ts'
import { useRevokeKey } from './settings-actions.ts'
import { keysQuery } from './settings-queries.ts'
import { ToldNote, useTold } from './told.tsx'

const everyMs = 20_000

function Ending({ of, state }: { of: KeyView; state: KeyState }) {
  if (state === 'revoked') return 'revoked'
  if (of.expiresAt === null) return 'holds until it is revoked'
  return `${state === 'holds' ? 'holds until' : 'expired'} ${formatMoment(of.expiresAt)}`
}

interface KeyProps {
  of: KeyView
  state: KeyState
  /** Absent for who may not. */
  onRevoke?: () => void
}

function Key({ of, state, onRevoke }: KeyProps) {
  const { name, prefix, role, createdBy, createdAt, lastUsedAt } = of
  return (
    <Item
      name={
        <>
          {name} <Chip tone="quiet">{role}</Chip>
        </>
      }
      facts={
        <>
          <code>{prefix}…</code>, made by <Person id={createdBy} /> <Age at={createdAt} />,{' '}
          {lastUsedAt === null ? (
            'never used'
          ) : (
            <>
              last used <Age at={lastUsedAt} />
            </>
          )}
          , <Ending of={of} state={state} />
        </>
      }
    >
      {state === 'holds' && onRevoke !== undefined && (
        <Button kind="danger" aria-label={`Revoke the key ${name}`} onClick={onRevoke}>
          Revoke
        </Button>
      )}
    </Item>
  )
}

interface RevokeProps {
  of: KeyView
  onRevoked: () => void
  onClose: () => void
}

function RevokeDialog({ of, onRevoked, onClose }: RevokeProps) {
  const revoke = useRevokeKey()
  return (
    <ConfirmDialog
      title={`Revoke the key “${of.name}”?`}
      words="Revoke"
      keep="Keep it"
      busy={revoke.isPending}
      fault={revoke.error}
      onConfirm={() => revoke.mutate(of.id, { onSuccess: onRevoked })}
      onClose={onClose}
    >
      Programs that send it are refused from then on. It cannot be taken back.
    </ConfirmDialog>
  )
}

interface KeyListProps {
  keys: readonly KeyView[]
  mayRevoke: boolean
  onRevoke: (key: KeyView) => void
}

/** The keys that hold; those that do no more stand behind them, for the record. */
function KeyList({ keys, mayRevoke, onRevoke }: KeyListProps) {
  const now = useNow(everyMs)
  const all = keys.map((of) => ({ of, state: keyState(of, now) }))
  const held = all.filter(({ state }) => state === 'holds')
  const ended = all.filter(({ state }) => state !== 'holds')
  return (
    <>
      {held.length === 0 && <p className="small muted">No keys yet.</p>}
      <ul className="items">
        {held.map(({ of, state }) => (
          <Key
            key={of.id}
            of={of}
            state={state}
            {...(mayRevoke && { onRevoke: () => onRevoke(of) })}
          />
        ))}
      </ul>
      {ended.length > 0 && (
        <details>
          <summary className="small">{count(ended.length, 'key')} that ended</summary>
          <ul className="items">
            {ended.map(({ of, state }) => (
              <Key key={of.id} of={of} state={state} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

/** Keys of programs: one's own, and for admins all of the workspace. */
export function KeysSection({ me }: { me: MeView }) {
  const query = useQuery(keysQuery)
  const [asked, setAsked] = useState<KeyView>()
  const [told, tell] = useTold()
  const mayMake = hasRole(me.role, 'member')
  const close = () => setAsked(undefined)
  return (
    <Section title="API keys" query={query}>
      {({ items }) => (
        <>
          <p className="small muted">
            {hasRole(me.role, 'admin')
              ? 'All keys of the workspace. A key never may more than who made it.'
              : 'The keys that you made. A key never may more than you.'}
          </p>
          {mayMake ? (
            <KeyForm mine={me.role} />
          ) : (
            <p className="small">Members make keys; ask an admin for the role.</p>
          )}
          <ToldNote told={told} />
          <KeyList keys={items} mayRevoke={mayMake} onRevoke={setAsked} />
          {asked !== undefined && (
            <RevokeDialog
              of={asked}
              onRevoked={() => {
                close()
                tell(`The key “${asked.name}” holds no more.`)
              }}
              onClose={close}
            />
          )}
        </>
      )}
    </Section>
  )
}
