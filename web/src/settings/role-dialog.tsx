import { type FormEvent, useState } from 'react'
import type { Role } from '../../../src/domain/principal.ts'
import type { MemberView } from '../../../src/http/access-views.ts'
import { Button } from '../parts/button.tsx'
import { Choice } from '../parts/choice.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Note, ProblemNote } from '../parts/note.tsx'
import { nameOf, rolesUpTo } from './roles.ts'
import { useChangeRole } from './settings-actions.ts'

interface RoleDialogProps {
  member: MemberView
  isMe: boolean
  /** The role of who changes it. */
  mine: Role
  onChanged: (role: Role) => void
  onClose: () => void
}

/** Gives a member another role. */
export function RoleDialog({ member, isMe, mine, onChanged, onClose }: RoleDialogProps) {
  const change = useChangeRole()
  const [role, setRole] = useState(member.role)
  const { userId } = member
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!change.isPending) change.mutate({ userId, role }, { onSuccess: () => onChanged(role) })
  }
  return (
    <Dialog title={`Role of ${nameOf(member)}`} onClose={onClose}>
      <form className="dialog-form" onSubmit={submit}>
        <Choice
          legend={`What ${isMe ? 'you' : 'they'} may do from now on`}
          options={rolesUpTo(mine)}
          value={role}
          onChange={setRole}
        />
        {isMe && role !== member.role && (
          <Note tone="ask" title="You cannot take this back by yourself.">
            <p>Somebody else has to give you the role {member.role} again.</p>
          </Note>
        )}
        {change.isError && <ProblemNote error={change.error} />}
        <div className="dialog-actions">
          <Button onClick={onClose}>Close</Button>
          <Button
            kind="primary"
            type="submit"
            busy={change.isPending}
            disabled={role === member.role}
          >
            Change the role
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
