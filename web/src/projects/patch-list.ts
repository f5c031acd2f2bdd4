import type { InfiniteData } from '@tanstack/react-query'
import type { ProjectListItemView, ProjectListView } from '../../../src/http/views.ts'

type Pages = InfiniteData<ProjectListView>

/** Whether a project stands where it stood, whatever the list is filtered and ordered by. */
function staysInPlace(before: ProjectListItemView, now: ProjectListItemView): boolean {
  return before.status === now.status && before.title === now.title
}

/** The clocks of server and browser may differ by as much. */
const skewMs = 60_000

/**
 * The pages of a list with what is new of some projects put in their places; undefined when one of
 * them may have come, gone or moved, so that the list has to be read again.
 *
 * @param readAt When the pages were read, in milliseconds.
 */
export function patchPages(
  pages: Pages,
  fresh: readonly ProjectListItemView[],
  readAt: number,
): Pages | undefined {
  const shown = new Map(pages.pages.flatMap(({ items }) => items.map((item) => [item.id, item])))
  for (const item of fresh) {
    const before = shown.get(item.id)
    // One that is not shown has not come in as long as its status is the one that it had then.
    const isOld = Date.parse(item.statusSince) < readAt - skewMs
    if (before === undefined ? !isOld : !staysInPlace(before, item)) return undefined
  }
  const byId = new Map(fresh.map((item) => [item.id, item]))
  return {
    ...pages,
    pages: pages.pages.map((page) =>
      page.items.some(({ id }) => byId.has(id))
        ? { ...page, items: page.items.map((item) => byId.get(item.id) ?? item) }
        : page,
    ),
  }
}
