import { useQuery } from '@tanstack/react-query'
import { isBoolean, shapeOf } from '../api/guards.ts'
import { getView } from '../api/http.ts'
import { Logo } from './logo.tsx'
import './signed-out.css'

const isWays = shapeOf<{ oidc: boolean }>({ oidc: isBoolean })

/** Whether there is a sign-in service beside the links. */
function useProvider(): boolean {
  const { data } = useQuery({
    queryKey: ['sign-in', 'ways'],
    queryFn: ({ signal }) => getView('/sign-in/ways', isWays, signal),
    retry: false,
  })
  return data?.oidc ?? false
}

/** The way in is a link in the terminal; there is no password to ask for. */
export function SignedOut() {
  const hasProvider = useProvider()
  return (
    <main id="content" className="signed-out" tabIndex={-1}>
      <div className="signed-out-box">
        <Logo />
        <h1>You are signed out</h1>
        <p>
          Open the sign-in link that the terminal printed when Talkwright started. It works once and
          signs this browser in.
        </p>
        {hasProvider && (
          <p>
            <a href="/sign-in/oidc">Sign in with your organisation</a>
          </p>
        )}
        <p className="muted">
          Used or lost? Run <code>talkwright serve</code> again for a new one.
        </p>
      </div>
    </main>
  )
}
