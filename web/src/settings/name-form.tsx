import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { ProblemNote } from '../parts/note.tsx'
import { useRename } from './settings-actions.ts'
import { watchedMembersQuery } from './settings-queries.ts'

/** What the others know the reader by. */
export function NameForm({ userId }: { userId: string }) {
  const members = useQuery(watchedMembersQuery)
  const rename = useRename()
  const [text, setText] = useState<string>()
  const present = members.data?.items.find((member) => member.userId === userId)?.name ?? ''
  const value = text ?? present
  const name = value.trim()
  const isSame = name === present
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name === '' || isSame || rename.isPending) return
    rename.mutate(name, { onSuccess: () => setText(undefined) })
  }
  return (
    <>
      <form className="settings-form" onSubmit={submit}>
        <Field name="Your name" hint="What the others of your workspaces know you by.">
          <input
            type="text"
            required
            maxLength={120}
            autoComplete="name"
            value={value}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <Button
          kind="primary"
          type="submit"
          busy={rename.isPending}
          disabled={name === '' || isSame}
        >
          Save the name
        </Button>
      </form>
      {rename.isError && <ProblemNote error={rename.error} />}
      <output className="small muted">{rename.isSuccess && isSame ? 'Saved.' : ''}</output>
    </>
  )
}
