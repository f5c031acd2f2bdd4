import { useQuery } from '@tanstack/react-query'
import { isSignedOut } from './api/http.ts'
import { meQuery } from './api/queries.ts'
import { OperatePage } from './operate/operate-page.tsx'
import { Button } from './parts/button.tsx'
import { Loading } from './parts/loading.tsx'
import { Empty, ProblemNote } from './parts/note.tsx'
import { ProjectPage } from './project/project-page.tsx'
import { CallPage } from './projects/call-page.tsx'
import { ProjectsPage } from './projects/projects-page.tsx'
import { Link } from './routing/link.tsx'
import type { Route } from './routing/route.ts'
import { useRoute } from './routing/use-route.ts'
import { Shell } from './session/shell.tsx'
import { SignedOut } from './session/signed-out.tsx'
import { usePageFocus } from './session/use-page-focus.ts'
import { SettingsPage } from './settings/settings-page.tsx'

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case 'projects':
      return <ProjectsPage />
    case 'call':
      return <CallPage />
    case 'operate':
      return <OperatePage />
    case 'settings':
      return <SettingsPage />
    case 'project':
      return <ProjectPage key={route.id} {...route} />
    default:
      return (
        <Empty title="There is no such page">
          <p>
            <Link to={{ page: 'projects' }}>All projects</Link>
          </p>
        </Empty>
      )
  }
}

/** The whole page: who is there, and where they are. */
export function App() {
  const me = useQuery(meQuery)
  const route = useRoute()
  usePageFocus(route)
  if (isSignedOut(me.error)) return <SignedOut />
  return (
    <Shell me={me.data} page={route.page}>
      {me.data !== undefined && <Page route={route} />}
      {me.data === undefined && me.isError && (
        <ProblemNote error={me.error}>
          <Button onClick={() => void me.refetch()}>Try again</Button>
        </ProblemNote>
      )}
      {me.isPending && <Loading />}
    </Shell>
  )
}
