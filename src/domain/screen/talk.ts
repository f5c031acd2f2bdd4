import type { Flag } from '../flag.ts'
import type { Talk, Turn } from '../turn.ts'
import { hasUnseen, withoutUnseen } from '../unseen.ts'
import { type Passage, passagesIn, sentencePlaces, signalIn } from './screen.ts'
import { type Signal, signalReason } from './signal.ts'

export interface ScreenedTalk {
  /** The talk without the words that address a machine. */
  talk: Talk
  flags: Flag[]
}

const maxFlags = 200
const maxQuote = 500

/** How many turns of one speaker in a row are read together: instructions come in pieces, too. */
const reach = 3

/**
 * Takes the words out of a talk that address a machine instead of asking for software, and gives
 * them as flags. All other words stay where they were, letter for letter.
 */
export function screenTalk(talk: Talk): ScreenedTalk {
  const passages = new Map<Turn, Passage[]>()
  for (const turn of talk.turns) passages.set(turn, passagesIn(turn.text))
  for (const [turn, split] of splitPassages(talk.turns)) {
    passages.set(turn, joined([...(passages.get(turn) ?? []), ...split]))
  }
  const flags: Flag[] = []
  const turns = talk.turns.map((turn): Turn => {
    const found = passages.get(turn) ?? []
    for (const { start, end, signal } of found) {
      flags.push(flagOf(turn, 'text', turn.text.slice(start, end), signal))
    }
    const asName = hasUnseen(turn.speaker) ? 'encoded' : signalIn(turn.speaker)
    if (asName !== undefined) flags.push(flagOf(turn, 'speaker', turn.speaker, asName))
    if (found.length === 0 && asName === undefined) return turn
    const speaker = asName === undefined ? turn.speaker : turn.role
    return { ...turn, speaker, text: without(turn.text, found) }
  })
  const title = talk.title !== undefined && signalIn(talk.title) === undefined ? talk.title : ''
  return {
    talk: { turns, ...(title !== '' && { title: withoutUnseen(title) }) },
    flags: flags.slice(0, maxFlags),
  }
}

function flagOf(turn: Turn, where: Flag['where'], words: string, signal: Signal): Flag {
  const quote = words
    .trim()
    .slice(0, maxQuote)
    .replace(/[\uD800-\uDBFF]$/, '')
  return { turn: turn.id, where, quote: quote || '-', signal, reason: signalReason(signal) }
}

/** The text with a line end in the place of each passage, so that no sentence grows over the gap. */
function without(text: string, passages: readonly Passage[]): string {
  let rest = ''
  let from = 0
  for (const { start, end } of passages) {
    rest += `${text.slice(from, start).trimEnd()}\n`
    from = end
  }
  return (rest + text.slice(from)).trim()
}

/** Instructions whose words are spread over turns of one role that follow each other. */
function splitPassages(turns: readonly Turn[]): Map<Turn, Passage[]> {
  const found = new Map<Turn, Passage[]>()
  for (const role of ['client', 'agent', 'system', 'tool'] as const) {
    const own = turns.filter((turn) => turn.role === role)
    for (let at = 0; at + 1 < own.length; at++) {
      for (let count = 2; count <= reach && at + count <= own.length; count++) {
        const window = own.slice(at, at + count)
        for (const [turn, passage] of acrossIn(window)) {
          found.set(turn, [...(found.get(turn) ?? []), passage])
        }
      }
    }
  }
  return found
}

/** The last sentence of the first turn, what lies between, and the first sentence of the last turn. */
function acrossIn(window: readonly Turn[]): [Turn, Passage][] {
  const parts = window.flatMap((turn, index): { turn: Turn; start: number; end: number }[] => {
    const places = sentencePlaces(turn.text)
    if (index > 0 && index < window.length - 1 && places.length > 1) return []
    const place = index === 0 ? places.at(-1) : places[0]
    return place === undefined ? [] : [{ turn, ...place }]
  })
  if (parts.length < window.length) return []
  const texts = parts.map(({ turn, start, end }) => turn.text.slice(start, end).trim())
  const bare = texts.map((text) => text.replace(/[.…,;-]+$/, ''))
  // What a part of the window says already is told by that part; the others have no share in it.
  const told = [...bare, ...(bare.length > 2 ? [bare.slice(0, -1), bare.slice(1)].map(inOne) : [])]
  if (texts.some((text) => text.length > 400) || told.some((text) => signalIn(text) !== undefined))
    return []
  const signal = signalIn(inOne(bare))
  if (signal === undefined) return []
  return parts.map(({ turn, start, end }) => [turn, { start, end, signal }])
}

function inOne(texts: readonly string[]): string {
  return texts.join(' ')
}

function joined(passages: readonly Passage[]): Passage[] {
  const sorted = [...passages].sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: Passage[] = []
  for (const passage of sorted) {
    const last = kept.at(-1)
    if (last !== undefined && passage.start < last.end) last.end = Math.max(last.end, passage.end)
    else kept.push({ ...passage })
  }
  return kept
}
