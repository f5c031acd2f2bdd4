import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { meQuery } from '../api/queries.ts'
import { useLiveList } from '../live/use-live-list.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { useSearch } from '../routing/use-search.ts'
import { useMayAct } from '../session/use-may-act.ts'
import { CallDialog } from './call-dialog.tsx'
import { ListControls } from './list-controls.tsx'
import { NoProjects, NothingToSee } from './no-projects.tsx'
import { readFilter } from './project-filter.ts'
import { ProjectList } from './project-list.tsx'
import { UploadDialog } from './upload-dialog.tsx'
import { WaitingList } from './waiting-list.tsx'
import { useFileDrop } from './use-file-drop.ts'
import './projects.css'

/** What is open over the list; an upload may come with the file that was dropped. */
type Open = { dialog: 'none' | 'call' } | { dialog: 'upload'; file?: File }

function Dialogs({ open, onClose }: { open: Open; onClose: () => void }) {
  const { data: me } = useQuery(meQuery)
  if (open.dialog === 'upload') {
    const { file } = open
    return <UploadDialog key={file?.name} {...(file && { file })} onClose={onClose} />
  }
  const calls = me?.calls ?? null
  return open.dialog === 'call' && calls !== null && <CallDialog calls={calls} onClose={onClose} />
}

/** All projects, and the ways to begin one. */
export function ProjectsPage() {
  useLiveList()
  const [search, changeSearch] = useSearch()
  const [open, setOpen] = useState<Open>({ dialog: 'none' })
  const { data: me } = useQuery(meQuery)
  const filter = readFilter(search)
  const upload = useCallback((file: File) => setOpen({ dialog: 'upload', file }), [])
  const mayAct = useMayAct()
  const isOver = useFileDrop(mayAct ? upload : undefined)
  const call = me?.calls ? () => setOpen({ dialog: 'call' }) : undefined
  useEffect(() => {
    document.title = 'Projects · Talkwright'
  }, [])
  return (
    <>
      <div className="projects-head">
        <h1>Projects</h1>
        {mayAct && (
          <div className="projects-begin">
            {call !== undefined && <Button onClick={call}>Start a call</Button>}
            <Button kind="primary" onClick={() => setOpen({ dialog: 'upload' })}>
              <Icon name="upload" />
              Upload a transcript
            </Button>
          </div>
        )}
      </div>
      <WaitingList />
      <ProjectList
        filter={filter}
        controls={<ListControls filter={filter} onChange={changeSearch} />}
        none={mayAct ? <NoProjects onFile={upload} onCall={call} /> : <NothingToSee />}
      />
      {isOver && <div className="projects-drop">Drop the transcript to upload it</div>}
      <Dialogs open={open} onClose={() => setOpen({ dialog: 'none' })} />
    </>
  )
}
