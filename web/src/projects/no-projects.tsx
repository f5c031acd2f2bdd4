import sampleUrl from '../../../examples/sample/04-application.transcription_ready.json?url'
import { ApiError } from '../api/http.ts'
import { Button } from '../parts/button.tsx'
import { Empty, ProblemNote } from '../parts/note.tsx'
import { DropZone } from './drop-zone.tsx'
import { useBeginProject } from './use-begin-project.ts'

/** The bundled talk, which came with the page. @throws ApiError */
async function readSample(signal: AbortSignal): Promise<string> {
  const response = await fetch(sampleUrl, { signal })
  if (response.ok) return response.text()
  throw new ApiError(response.status, 'sample_missing', 'The sample did not come. Reload the page.')
}

function Sample() {
  const { start, cancel, busy, fault } = useBeginProject()
  const title = 'Yoga studio booking (sample)'
  return (
    <>
      <div className="no-projects-sample">
        <Button
          kind="primary"
          busy={busy}
          onClick={() =>
            void start(async (signal) => ({ title, transcript: await readSample(signal) }))
          }
        >
          {busy ? 'Starting the sample' : 'Start the sample'}
        </Button>
        {busy && (
          <Button kind="ghost" onClick={cancel}>
            Cancel
          </Button>
        )}
      </div>
      <p className="small">
        A talk of five minutes about a booking app. Needs no key and no network.
      </p>
      {fault !== undefined && <ProblemNote error={fault} />}
    </>
  )
}

interface NoProjectsProps {
  onFile: (file: File) => void
  /** Absent where no call can be begun. */
  onCall: (() => void) | undefined
}

/** Where nothing is yet: three ways to begin. */
export function NoProjects({ onFile, onCall }: NoProjectsProps) {
  return (
    <Empty title="No projects yet">
      <p>A project begins with a talk. Try the sample, or bring one of your own.</p>
      <Sample />
      <DropZone onFile={onFile} />
      {onCall !== undefined && (
        <p>
          <Button onClick={onCall}>Start a Tavus call</Button>
        </p>
      )}
    </Empty>
  )
}

/** The same for who may look alone. */
export function NothingToSee() {
  return (
    <Empty title="No projects yet">
      <p>A member of the workspace begins one, and it appears here by itself.</p>
    </Empty>
  )
}
