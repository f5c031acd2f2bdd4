import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useId, useMemo, useRef } from 'react'
import type { LintFindingView, PlanView } from '../../../../src/http/views.ts'
import type { EditableDocument } from '../../../../src/planning/edit-plan.ts'
import { useSavePlan } from '../../api/plan-actions.ts'
import { planVersionQuery } from '../../api/queries.ts'
import { count } from '../../format/count.ts'
import { Button } from '../../parts/button.tsx'
import { ProblemNote } from '../../parts/note.tsx'
import { contentOf } from '../documents.ts'
import { LintList } from '../lint-list.tsx'
import { LinedText } from './lined-text.tsx'
import { placeInText } from './place-in-text.ts'
import { useDraft } from './use-draft.ts'
import { useLiveLint } from './use-live-lint.ts'
import './edit.css'

const ConflictNote = lazy(async () => ({
  default: (await import('./conflict-note.tsx')).ConflictNote,
}))

const textOf = ({ plan }: PlanView, name: EditableDocument) => contentOf(plan, name)

interface EditorProps {
  id: string
  name: EditableDocument
  /** The newest version, which may come while somebody types. */
  newest: PlanView
  onClose: () => void
}

interface OpenEditorProps extends EditorProps {
  edited: ReturnType<typeof useDraft>
  /** The version that the edit began with. */
  base: PlanView
}

function marksOf(findings: readonly LintFindingView[]): ReadonlyMap<number, 'error' | 'warning'> {
  const errors = findings.filter(({ severity }) => severity === 'error')
  return new Map([...findings, ...errors].map(({ line, severity }) => [line, severity]))
}

function Newer({ name, base, newest, edited }: Omit<OpenEditorProps, 'id' | 'onClose'>) {
  const { version, editedBy } = newest
  return (
    <Suspense>
      <ConflictNote
        name={name}
        base={textOf(base, name)}
        mine={edited.draft.text}
        newest={{ version, text: textOf(newest, name), editedBy }}
        onResolve={edited.change}
      />
    </Suspense>
  )
}

interface EditActionsProps {
  kept: boolean
  onDiscard: () => void
  /** What saves. */
  children: ReactNode
}

function EditActions({ kept, onDiscard, children }: EditActionsProps) {
  return (
    <div className="edit-actions">
      {children}
      <Button kind="ghost" onClick={onDiscard}>
        Discard what I typed
      </Button>
      <span className="small muted">
        {kept
          ? 'What you type is kept in this tab until it is saved or discarded.'
          : 'This browser keeps no drafts: stay on this page until you have saved.'}
      </span>
    </div>
  )
}

function OpenEditor({ id, name, newest, base, edited, onClose }: OpenEditorProps) {
  const { draft, kept, change, drop } = edited
  const leave = () => {
    drop()
    onClose()
  }
  const save = useSavePlan(id, leave)
  const { findings, problem } = useLiveLint(base.plan, name, draft.text)
  const area = useRef<HTMLTextAreaElement>(null)
  const status = useId()
  const marks = useMemo(() => marksOf(findings), [findings])
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const isOld = newest.version > base.version
  const submit = () => save.mutate({ planHash: base.hash, documents: { [name]: draft.text } })
  const go = ({ line, column }: LintFindingView) => {
    const place = placeInText(draft.text, line, column)
    area.current?.focus()
    area.current?.setSelectionRange(place, place)
  }
  return (
    <>
      <div className="plan-head">
        <h2>Edit {name}</h2>
        <output id={status} className="small muted">
          {errors === 0 ? 'No errors' : count(errors, 'error')},{' '}
          {count(findings.length - errors, 'warning')}
        </output>
      </div>
      {isOld && <Newer name={name} base={base} newest={newest} edited={edited} />}
      {save.isError && <ProblemNote error={save.error} />}
      {problem !== null && <ProblemNote error={problem} />}
      <LinedText
        label={`Text of ${name}`}
        text={draft.text}
        marks={marks}
        describedBy={status}
        onChange={(text) => change({ ...draft, text })}
        areaRef={area}
      />
      {/* Below the text, which would jump as findings come and go above it. */}
      {findings.length > 0 && <LintList findings={findings} onGo={go} />}
      <EditActions kept={kept} onDiscard={leave}>
        <Button kind="primary" busy={save.isPending} disabled={isOld} onClick={submit}>
          Save as a new version
        </Button>
      </EditActions>
    </>
  )
}

/** A document of the plan being written, with the checks as one types; saving makes a new version. */
export function DocumentEditor(props: EditorProps) {
  const { id, name, newest } = props
  const edited = useDraft(id, name, { version: newest.version, text: textOf(newest, name) })
  const { version } = edited.draft
  const base = useQuery({ ...planVersionQuery(id, version), enabled: version !== newest.version })
  if (version === newest.version) return <OpenEditor {...props} edited={edited} base={newest} />
  if (base.isError) return <ProblemNote error={base.error} />
  return base.data === undefined ? null : <OpenEditor {...props} edited={edited} base={base.data} />
}
