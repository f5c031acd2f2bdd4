import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../parts/button.tsx'
import { Chip } from '../parts/chip.tsx'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { ProblemNote } from '../parts/note.tsx'
import { Section } from '../parts/section.tsx'
import { Item } from './item.tsx'
import { NameForm } from './name-form.tsx'
import { useOpenWorkspace, useSignOut } from './settings-actions.ts'
import { workspacesQuery } from './settings-queries.ts'

function SignOut() {
  const signOut = useSignOut()
  const [asks, setAsks] = useState(false)
  return (
    <>
      <div className="item-actions">
        <Button busy={signOut.isPending} onClick={() => signOut.mutate('here')}>
          Sign out
        </Button>
        <Button kind="danger" onClick={() => setAsks(true)}>
          Sign out everywhere
        </Button>
      </div>
      {signOut.isError && !asks && <ProblemNote error={signOut.error} />}
      {asks && (
        <ConfirmDialog
          title="Sign out everywhere?"
          words="Sign out everywhere"
          keep="Stay signed in"
          busy={signOut.isPending}
          fault={signOut.error}
          onConfirm={() => signOut.mutate('everywhere')}
          onClose={() => setAsks(false)}
        >
          All browsers in which you are signed in are signed out, this one too. Keys go on.
        </ConfirmDialog>
      )}
    </>
  )
}

/** The reader's own: their name, their workspaces and their sign-in. */
export function YouSection({ userId }: { userId: string }) {
  const query = useQuery(workspacesQuery)
  const open = useOpenWorkspace()
  return (
    <Section title="You" query={query}>
      {({ items }) => (
        <>
          <NameForm userId={userId} />
          <ul className="items" aria-label="Your workspaces">
            {items.map(({ id, name, role, current }) => (
              <Item
                key={id}
                name={
                  <>
                    {name} <Chip tone="quiet">{role}</Chip>
                  </>
                }
                facts={current ? 'You are in it.' : 'You belong to it.'}
              >
                {!current && (
                  <Button
                    busy={open.isPending}
                    aria-label={`Go to the workspace ${name}`}
                    onClick={() => open.mutate(id)}
                  >
                    Go there
                  </Button>
                )}
              </Item>
            ))}
          </ul>
          {open.isError && <ProblemNote error={open.error} />}
          <SignOut />
        </>
      )}
    </Section>
  )
}
