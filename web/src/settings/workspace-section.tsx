import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { hasRole } from '../../../src/domain/role-order.ts'
import type { WorkspaceView } from '../../../src/http/access-views.ts'
import { Button } from '../parts/button.tsx'
import { Fact, Facts } from '../parts/facts.tsx'
import { Field } from '../parts/field.tsx'
import { ProblemNote } from '../parts/note.tsx'
import { Section } from '../parts/section.tsx'
import { useChangeWorkspace, type WorkspaceChange } from './settings-actions.ts'
import { workspacesQuery } from './settings-queries.ts'

interface SwitchProps {
  words: string
  hint: string
  value: boolean
  onChange: (value: boolean) => void
}

function OnOff({ words, hint, value, onChange }: SwitchProps) {
  return (
    <label className="choice-option">
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {words}
        <span className="choice-hint">{hint}</span>
      </span>
    </label>
  )
}

/** What of a draft differs from what is there. */
function changesOf(workspace: WorkspaceView, draft: WorkspaceChange): WorkspaceChange {
  const wanted = draft.name === undefined ? draft : { ...draft, name: draft.name.trim() }
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([key, value]) => workspace[key as keyof WorkspaceChange] !== value,
    ),
  )
}

/** Only what somebody has touched is theirs; the rest follows what others set. */
function WorkspaceForm({ workspace }: { workspace: WorkspaceView }) {
  const save = useChangeWorkspace()
  const [draft, setDraft] = useState<WorkspaceChange>({})
  const { name, fourEyes, secondFactor } = { ...workspace, ...draft }
  const changes = changesOf(workspace, draft)
  const isSame = Object.keys(changes).length === 0
  const touch = (change: WorkspaceChange) => setDraft({ ...draft, ...change })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (save.isPending || isSame) return
    save.mutate(changes, { onSuccess: () => setDraft({}) })
  }
  return (
    <form className="dialog-form" onSubmit={submit}>
      <Field name="Name">
        <input
          type="text"
          required
          maxLength={120}
          autoComplete="off"
          value={name}
          onChange={(event) => touch({ name: event.target.value })}
        />
      </Field>
      <OnOff
        words="Four eyes"
        hint="Whoever asked for a plan may not approve it: they brought one of its talks in, or wrote a version of it."
        value={fourEyes}
        onChange={(value) => touch({ fourEyes: value })}
      />
      <OnOff
        words="Second factor"
        hint="What admins do takes a sign-in with one. Only who has just shown one can turn this on."
        value={secondFactor}
        onChange={(value) => touch({ secondFactor: value })}
      />
      {save.isError && <ProblemNote error={save.error} />}
      <div className="settings-save">
        <Button
          kind="primary"
          type="submit"
          busy={save.isPending}
          disabled={isSame || name.trim() === ''}
        >
          Save
        </Button>
        <output className="small muted">{save.isSuccess && isSame ? 'Saved.' : ''}</output>
      </div>
    </form>
  )
}

function WorkspaceFacts({ workspace }: { workspace: WorkspaceView }) {
  return (
    <Facts>
      <Fact name="Name">{workspace.name}</Fact>
      <Fact name="Approval">
        {workspace.fourEyes ? 'By somebody else than who asked for the plan' : 'By any member'}
      </Fact>
      <Fact name="Admins">
        {workspace.secondFactor ? 'Need a second factor' : 'Need no second factor'}
      </Fact>
    </Facts>
  )
}

/** What holds in the workspace for all of its members; admins change it. */
export function WorkspaceSection() {
  const query = useQuery(workspacesQuery)
  return (
    <Section title="Workspace" query={query}>
      {({ items }) =>
        items
          .filter(({ current }) => current)
          .map((workspace) =>
            hasRole(workspace.role, 'admin') ? (
              <WorkspaceForm key={workspace.id} workspace={workspace} />
            ) : (
              <WorkspaceFacts key={workspace.id} workspace={workspace} />
            ),
          )
      }
    </Section>
  )
}
