import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { projectsQuery } from '../api/queries.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Empty, ProblemNote } from '../parts/note.tsx'
import { DropZone } from './drop-zone.tsx'
import { ProjectRow } from './project-row.tsx'
import { UploadDialog } from './upload-dialog.tsx'
import './projects.css'

/** `true` while the dialog waits for a file, or the file that was dropped to open it. */
type Uploading = File | boolean

function NoProjects({ onFile }: { onFile: (file: File) => void }) {
  return (
    <Empty title="No projects yet">
      <p>
        A project begins with a talk. When a Tavus call ends it appears here by itself; or bring the
        transcript of a talk that was held elsewhere.
      </p>
      <DropZone onFile={onFile} />
    </Empty>
  )
}

/** All projects, newest first. */
export function ProjectsPage() {
  const projects = useInfiniteQuery(projectsQuery)
  const [uploading, setUploading] = useState<Uploading>(false)
  const items = projects.data?.pages.flatMap((page) => page.items)
  useEffect(() => {
    document.title = 'Projects · Talkwright'
  }, [])
  return (
    <>
      <div className="projects-head">
        <h1>Projects</h1>
        <Button kind="primary" onClick={() => setUploading(true)}>
          <Icon name="upload" />
          Upload a transcript
        </Button>
      </div>
      {projects.isError && <ProblemNote error={projects.error} />}
      {items?.length === 0 && <NoProjects onFile={setUploading} />}
      {items !== undefined && items.length > 0 && (
        <ul className="projects panel">
          {items.map((project) => (
            <ProjectRow key={project.id} project={project} />
          ))}
        </ul>
      )}
      {projects.hasNextPage && (
        <p className="projects-more">
          <Button busy={projects.isFetchingNextPage} onClick={() => void projects.fetchNextPage()}>
            Show older projects
          </Button>
        </p>
      )}
      {uploading !== false && (
        <UploadDialog
          {...(uploading !== true && { file: uploading })}
          onClose={() => setUploading(false)}
        />
      )}
    </>
  )
}
