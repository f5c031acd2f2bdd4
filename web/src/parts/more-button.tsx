import { type ReactNode, useEffect, useState } from 'react'
import { Button } from './button.tsx'

/** A list that comes in pages, as `useInfiniteQuery` gives it. */
interface PagedList {
  data: { pages: readonly unknown[] } | undefined
  hasNextPage: boolean
  isFetching: boolean
  isFetchingNextPage: boolean
  isFetchNextPageError: boolean
  fetchNextPage: () => Promise<unknown>
}

/**
 * Asks for the next page of a list until it is there: news that come meanwhile have the list read
 * again, which ends the reading of a further page. Nothing is shown behind the last page.
 */
export function MoreButton({ list, children }: { list: PagedList; children: ReactNode }) {
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = list
  const pages = data?.pages.length ?? 0
  const [wanted, setWanted] = useState(0)
  const waits = hasNextPage && wanted > pages && !isFetchNextPageError
  useEffect(() => {
    if (waits && !isFetching) void fetchNextPage()
  }, [waits, isFetching, fetchNextPage])
  if (!hasNextPage) return null
  return (
    <Button
      busy={waits || list.isFetchingNextPage}
      onClick={() => {
        setWanted(pages + 1)
        void fetchNextPage()
      }}
    >
      {children}
    </Button>
  )
}
