import type { BriefView, PlanView, ProjectView } from '../../../../src/http/views.ts'
import { useProjectAction } from '../../api/actions.ts'
import { CopyText } from '../../parts/copy-text.tsx'
import { ProblemNote } from '../../parts/note.tsx'
import { contentOf, optionalTasks } from '../documents.ts'
import { Decision } from './decision.tsx'
import { Inferred } from './inferred.tsx'
import { Price } from './price.tsx'
import { Questions } from './questions.tsx'
import './approve.css'

interface ApprovePanelProps {
  id: string
  view: PlanView
  /** Whether the reader's role lets them decide. */
  mayAct: boolean
  /** Why the reader may not approve, whatever their role. */
  refused: ProjectView['approvalRefused']
  brief: BriefView | undefined
}

/** What a person has to know before they let a plan be built, and their decision. */
export function ApprovePanel({ id, view, mayAct, refused, brief }: ApprovePanelProps) {
  const action = useProjectAction(id)
  const { hash, version, plan } = view
  return (
    <section className="approve panel" aria-labelledby="approve-title">
      <div className="approve-head">
        <h2 id="approve-title">
          {refused === null
            ? 'This plan waits for your approval'
            : 'This plan waits for the approval of somebody else'}
        </h2>
        <p className="small muted numbers">
          Exactly the files of version {version} are built, by their hash{' '}
          <CopyText text={hash} shown={`${hash.slice(0, 12)}…`} what="the plan's hash" />
        </p>
      </div>
      <div className="approve-points small">
        <Price id={id} estimate={plan.estimate} />
        <Inferred plan={plan} />
        {brief !== undefined && (
          <Questions key={brief.version} id={id} view={brief} mayAnswer={mayAct} />
        )}
      </div>
      {mayAct ? (
        <Decision
          hash={hash}
          busy={action.isPending}
          refused={refused}
          optional={optionalTasks(contentOf(plan, 'tasks.md'))}
          onDecide={(decision) => action.mutate(decision)}
        />
      ) : (
        <p className="small">You may look; a member of the workspace decides.</p>
      )}
      {action.isError && <ProblemNote error={action.error} />}
    </section>
  )
}
