import { type FormEvent, useState } from 'react'
import type { Role } from '../../../src/domain/principal.ts'
import type { KeyCreatedView } from '../../../src/http/access-views.ts'
import { formatMoment } from '../format/time.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { ProblemNote } from '../parts/note.tsx'
import { RoleSelect } from './role-select.tsx'
import { useCreateKey } from './settings-actions.ts'
import { ShownOnce } from './shown-once.tsx'

/** How long a key may hold; an empty value is one that holds until it is revoked. */
const lengths = [
  ['7', '7 days'],
  ['30', '30 days'],
  ['90', '90 days'],
  ['365', 'a year'],
  ['', 'until it is revoked'],
] as const

interface KeyFormProps {
  /** The role of who makes it. */
  mine: Role
}

function useKeyForm() {
  const create = useCreateKey()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('viewer')
  const [days, setDays] = useState('90')
  const [made, setMade] = useState<KeyCreatedView & { name: string }>()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = { name: name.trim(), role, ...(days !== '' && { days: Number(days) }) }
    if (wanted.name === '' || create.isPending) return
    create.mutate(wanted, {
      onSuccess: (created) => {
        setMade({ ...created, name: wanted.name })
        setName('')
        create.reset()
      },
    })
  }
  const forget = () => setMade(undefined)
  return { create, name, setName, role, setRole, days, setDays, made, forget, submit }
}

/** Makes a key for a program, with what it may do and how long. */
export function KeyForm({ mine }: KeyFormProps) {
  const { create, made, forget, ...form } = useKeyForm()
  return (
    <>
      <form className="settings-form" onSubmit={form.submit}>
        <Field name="What it is for">
          <input
            type="text"
            required
            maxLength={120}
            autoComplete="off"
            value={form.name}
            onChange={(event) => form.setName(event.target.value)}
          />
        </Field>
        <RoleSelect mine={mine} value={form.role} onChange={form.setRole} />
        <Field name="Holds for">
          <select
            className="select"
            value={form.days}
            onChange={(event) => form.setDays(event.target.value)}
          >
            {lengths.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </Field>
        <Button
          kind="primary"
          type="submit"
          busy={create.isPending}
          disabled={form.name.trim() === ''}
        >
          Make a key
        </Button>
      </form>
      {create.isError && <ProblemNote error={create.error} />}
      {made !== undefined && (
        <ShownOnce
          key={made.id}
          title={`The key “${made.name}”`}
          secret={made.key}
          what="the key"
          onDone={forget}
        >
          Programs send it as <code>Authorization: Bearer</code>. It holds{' '}
          {made.expiresAt === null
            ? 'until it is revoked'
            : `until ${formatMoment(made.expiresAt)}`}
          , and in this workspace alone.
        </ShownOnce>
      )}
    </>
  )
}
