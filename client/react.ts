import { useEffect, useState, useSyncExternalStore } from 'react'
import { createProjectStore, type ProjectView, type ProjectViewOptions } from './store.ts'

/**
 * A view of a project that is made of its events, while the component stands and the page is seen.
 * The options are those of the first time; give the component the project's id as its key.
 */
export function useProject<S>(options: ProjectViewOptions<S>): ProjectView<S> {
  const [store] = useState(() => createProjectStore(options))
  useEffect(() => {
    const follow = () => (document.hidden ? store.stop() : store.start())
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      store.stop()
    }
  }, [store])
  return useSyncExternalStore(store.subscribe, store.getView)
}
