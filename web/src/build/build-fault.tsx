import { useQuery } from '@tanstack/react-query'
import { useProjectAction } from '../api/actions.ts'
import { projectQuery } from '../api/queries.ts'
import { Button } from '../parts/button.tsx'
import { Note, ProblemNote } from '../parts/note.tsx'

interface BuildFaultProps {
  projectId: string
  error: { code: string; message: string }
}

/** Why a build failed, with a way to run it again while nothing else has become of the project. */
export function BuildFault({ projectId, error }: BuildFaultProps) {
  const { data: project } = useQuery(projectQuery(projectId))
  const action = useProjectAction(projectId)
  return (
    <>
      <Note tone="bad" title={error.message}>
        <p className="note-code">{error.code}</p>
        {project?.status === 'failed' && (
          <Button
            busy={action.isPending}
            onClick={() => action.mutate({ type: 'retry', from: 'build' })}
          >
            Build again
          </Button>
        )}
      </Note>
      {action.isError && <ProblemNote error={action.error} />}
    </>
  )
}
