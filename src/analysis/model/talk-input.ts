import type { Turn } from '../../domain/turn.ts'
import { dataJson } from '../../model/data-json.ts'

/** A piece of a turn as a model gets it; a long turn comes in several pieces with the same id. */
export interface InputTurn {
  id: string
  role: 'client' | 'agent'
  speaker: string
  text: string
}

const maxSpeaker = 60

/** What clients and agents said: prompts and what tools answered are no part of the talk. */
export function inputTurns(turns: readonly Turn[]): InputTurn[] {
  return turns.flatMap(({ id, role, speaker, text }) =>
    (role === 'client' || role === 'agent') && text.trim() !== ''
      ? [{ id, role, speaker: speaker.slice(0, maxSpeaker).toWellFormed(), text }]
      : [],
  )
}

/** One part of a talk as the data of a call. */
export function partInput(turns: readonly InputTurn[], part: number, parts: number): string {
  return dataJson({ part, parts, turns })
}
