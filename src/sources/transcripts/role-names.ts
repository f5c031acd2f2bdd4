import type { TurnRole } from '../../domain/turn.ts'

/** The two roles that somebody who speaks can have. */
export type SpeakerRole = Extract<TurnRole, 'client' | 'agent'>

const agentWords: ReadonlySet<string> = new Set(
  'agent ai assistant avatar bot chatbot facilitator host interviewer moderator question q replica talkwright'.split(
    ' ',
  ),
)
const clientWords: ReadonlySet<string> = new Set(
  'answer a caller client customer interviewee respondent stakeholder user'.split(' '),
)
/** Words that may stand beside one that names a role: `AI voice agent`, `the client`. */
const fillers: ReadonlySet<string> = new Set(
  'the our my lead main voice video tavus support'.split(' '),
)

/** The role that one part of a name states: every word of it must belong to the statement. */
function roleOfPart(part: string): SpeakerRole | undefined {
  const words = part.split(/[^\p{L}]+/u).filter((word) => word !== '')
  const known = words.every(
    (word) => agentWords.has(word) || clientWords.has(word) || fillers.has(word),
  )
  if (!known) return undefined
  if (words.some((word) => agentWords.has(word))) return 'agent'
  return words.some((word) => clientWords.has(word)) ? 'client' : undefined
}

/**
 * The role that a speaker's name states: `Interviewer 2`, `AI Assistant`, `Ana (client)`; undefined
 * for names of people and for `User Interface`, which only contains such a word.
 */
export function roleOfName(name: string): SpeakerRole | undefined {
  for (const part of name.toLowerCase().split(/[()[\],/|]| - /)) {
    const role = roleOfPart(part)
    if (role !== undefined) return role
  }
  return undefined
}
