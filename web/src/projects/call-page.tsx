import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isRecord } from '../api/guards.ts'
import { meQuery } from '../api/queries.ts'
import { Button } from '../parts/button.tsx'
import { Empty, Note } from '../parts/note.tsx'
import { Link } from '../routing/link.tsx'
import { routeHref } from '../routing/route.ts'
import { navigate } from '../routing/use-route.ts'
import './call-page.css'

interface Call {
  joinUrl: string
  title: string
}

/** The call that this place in the history stands for. */
function presentCall(): Call | undefined {
  const state: unknown = window.history.state
  if (!isRecord(state)) return undefined
  const { joinUrl, title } = state
  if (typeof joinUrl !== 'string' || typeof title !== 'string') return undefined
  return URL.canParse(joinUrl) ? { joinUrl, title } : undefined
}

/** Whether the server's policy lets the page show it; anything else would be an empty frame. */
function mayBeShown({ joinUrl }: Call, origin: string | undefined): boolean {
  return new URL(joinUrl).origin === origin
}

function Frame({ joinUrl, title }: Call) {
  return (
    <iframe
      className="call-frame"
      src={joinUrl}
      title={`Call: ${title}`}
      allow="camera; microphone; autoplay; display-capture; fullscreen; speaker-selection"
      // The two together undo a sandbox only for a page of our own origin, which this never is.
      // oxlint-disable-next-line react/iframe-missing-sandbox
      sandbox="allow-scripts allow-same-origin allow-forms allow-modals allow-popups"
      referrerPolicy="no-referrer"
    />
  )
}

function Elsewhere({ joinUrl }: Call) {
  if (!joinUrl.startsWith('https:')) return null
  return (
    <Note tone="ask" title="This call cannot be shown in the page.">
      <p>
        It is held at another address than the one that the server allows (TAVUS_CALL_URL).{' '}
        <a href={joinUrl} target="_blank" rel="noreferrer">
          Open the call in a new tab
        </a>
      </p>
    </Note>
  )
}

/** A Tavus call, held in the page. */
export function CallPage() {
  const { data: me } = useQuery(meQuery)
  const call = presentCall()
  useEffect(() => {
    document.title = 'Call · Talkwright'
  }, [])
  if (call === undefined) {
    return (
      <Empty title="There is no call here">
        <p>
          <Link to={{ page: 'projects' }}>All projects</Link>
        </p>
      </Empty>
    )
  }
  return (
    <div className="call">
      <div className="projects-head">
        <h1>{call.title}</h1>
        <Button onClick={() => navigate(routeHref({ page: 'projects' }))}>Leave the call</Button>
      </div>
      <p className="small muted">
        When the call has ended, its project appears among the projects by itself.
      </p>
      {mayBeShown(call, me?.calls?.origin) ? <Frame {...call} /> : <Elsewhere {...call} />}
    </div>
  )
}
