import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isRecord } from '../api/guards.ts'
import { conversationStateQuery, meQuery } from '../api/queries.ts'
import { useNow } from '../format/use-now.ts'
import { useLiveList } from '../live/use-live-list.ts'
import { Button } from '../parts/button.tsx'
import { Empty, Note, ProblemNote } from '../parts/note.tsx'
import { Link } from '../routing/link.tsx'
import { routeHref } from '../routing/route.ts'
import { navigate, replaceBy } from '../routing/use-route.ts'
import { waitingLook, waitingWords } from './waiting-words.ts'
import './call-page.css'

const everyMs = 20_000
const isString = (value: unknown): value is string => typeof value === 'string'

interface Call {
  joinUrl: string
  title: string
  conversationId: string
}

/** The call that this place in the history stands for. */
function presentCall(): Call | undefined {
  const state: unknown = window.history.state
  if (!isRecord(state)) return undefined
  const { joinUrl, title, conversationId } = state
  if (!isString(joinUrl) || !isString(title) || !isString(conversationId)) return undefined
  return URL.canParse(joinUrl) ? { joinUrl, title, conversationId } : undefined
}

/** Whether the server's policy lets the page show it; anything else would be an empty frame. */
function mayBeShown({ joinUrl }: Pick<Call, 'joinUrl'>, origin: string | undefined): boolean {
  return new URL(joinUrl).origin === origin
}

function Frame({ joinUrl, title }: Pick<Call, 'joinUrl' | 'title'>) {
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

function Elsewhere({ joinUrl }: Pick<Call, 'joinUrl'>) {
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

/** What becomes of the call; goes to its project as soon as there is one. */
function Afterwards({ conversationId }: Pick<Call, 'conversationId'>) {
  useLiveList()
  const now = useNow(everyMs)
  const { data, isError, error } = useQuery(conversationStateQuery(conversationId))
  const projectId = data?.state === 'transcribed' ? data.projectId : null
  useEffect(() => {
    if (projectId !== null) replaceBy(routeHref({ page: 'project', id: projectId, tab: 'talk' }))
  }, [projectId])
  if (isError) return <ProblemNote error={error} />
  if (data === undefined || (data.state === 'live' && data.failure === null)) {
    return (
      <p className="small muted">
        When the call has ended and Tavus has sent what was said, its project opens here by itself.
      </p>
    )
  }
  const { tone, words } = waitingLook(data)
  return (
    <output className="call-afterwards">
      <Note tone={tone} title={words}>
        <p>{waitingWords(data, now)}</p>
        {data.failure !== null && <p className="note-code">{data.failure.code}</p>}
      </Note>
    </output>
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
      <Afterwards conversationId={call.conversationId} />
      {mayBeShown(call, me?.calls?.origin) ? <Frame {...call} /> : <Elsewhere {...call} />}
    </div>
  )
}
