/** What somebody has typed into a document of a plan and not saved yet. */
export interface Draft {
  /** The version that they began with. */
  version: number
  text: string
}

/** Where drafts lie until the browser's tab is closed. */
export type DraftStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const keyOf = (projectId: string, name: string) => `talkwright.draft.${projectId}.${name}`

/** The draft of a document, if there is one that can be read. */
export function readDraft(store: DraftStore, projectId: string, name: string): Draft | undefined {
  const kept = store.getItem(keyOf(projectId, name))
  const [, version, text] = /^([1-9]\d{0,5})\n(.*)$/s.exec(kept ?? '') ?? []
  return version === undefined || text === undefined
    ? undefined
    : { version: Number(version), text }
}

/** Keeps a draft; false where the browser has no room for it or keeps nothing. */
export function keepDraft(
  store: DraftStore,
  projectId: string,
  name: string,
  draft: Draft,
): boolean {
  try {
    store.setItem(keyOf(projectId, name), `${draft.version}\n${draft.text}`)
    return true
  } catch {
    return false
  }
}

export function dropDraft(store: DraftStore, projectId: string, name: string): void {
  store.removeItem(keyOf(projectId, name))
}
