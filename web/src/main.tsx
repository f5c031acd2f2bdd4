import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { LiveClient } from '../../client/index.ts'
import './styles/tokens.css'
import './styles/base.css'
import { ApiError, isSignedOut } from './api/http.ts'
import { meQuery } from './api/queries.ts'
import { App } from './app.tsx'
import { LiveProvider } from './live/live-context.tsx'
import { keepScrolled } from './routing/place.ts'

const maxRetries = 3

/** Only what may pass by itself is asked again: no answer, or a fault of the server. */
function mayPass(failures: number, error: unknown): boolean {
  const status = error instanceof ApiError ? error.status : 200
  return failures < maxRetries && (status === 0 || status >= 500)
}

function makeClient(): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) void client.invalidateQueries({ queryKey: meQuery.queryKey })
  }
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.queryKey[0] !== meQuery.queryKey[0]) onError(error)
      },
    }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: { queries: { retry: mayPass, networkMode: 'always' } },
  })
  return client
}

const root = document.getElementById('root')
if (root !== null) {
  keepScrolled()
  const queries = makeClient()
  const live = new LiveClient({
    onSignedOut: () => void queries.invalidateQueries({ queryKey: meQuery.queryKey }),
  })
  window.addEventListener('online', () => live.hurry())
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <LiveProvider client={live}>
          <App />
        </LiveProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}
