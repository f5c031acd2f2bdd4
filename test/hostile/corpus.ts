import type { HostileTalk } from './hostile-talk.ts'
import { disguisedTalks } from './talks/disguised.ts'
import { languageTalks } from './talks/languages.ts'
import { payloadTalks } from './talks/payloads.ts'
import { plainTalks } from './talks/plain.ts'
import { structureTalks } from './talks/structure.ts'

/** Talks that try to steer the machine that reads them; each says what must never come of it. */
export const corpus: readonly HostileTalk[] = [
  ...plainTalks,
  ...languageTalks,
  ...disguisedTalks,
  ...structureTalks,
  ...payloadTalks,
]
