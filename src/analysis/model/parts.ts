import { AppError } from '../../domain/errors.ts'
import { estimateTokens } from '../../domain/tokens.ts'
import type { InputTurn } from './talk-input.ts'

export interface PartOptions {
  /** Tokens of one part's turns at most, by the higher estimate. */
  budget: number
  /** Turns at the end of a part that the next one begins with, so that no answer loses its question. */
  overlap: number
}

/** Tokens of a part that are worth a call. */
const least = 400

/** The keys and marks that each turn takes as JSON. */
const perTurn = 40

export function turnTokens({ text, speaker }: InputTurn): number {
  return estimateTokens(text).high + estimateTokens(speaker).high + perTurn
}

/**
 * Cuts a talk into parts that fit, in its order; each part but the first begins with the last turns
 * of the one before, at most a quarter of it. A turn that is longer than a part is cut at spaces.
 *
 * @throws AppError `model_context_too_small`
 */
export function partsOf(
  turns: readonly InputTurn[],
  { budget, overlap }: PartOptions,
): InputTurn[][] {
  if (budget < least) {
    throw new AppError(
      'model_context_too_small',
      'The model has no room for the instructions, a part of the talk and an answer. Choose a model with at least 8,000 tokens.',
      { status: 422 },
    )
  }
  const pieces = turns.flatMap((turn) => piecesOf(turn, budget / 2))
  const parts: InputTurn[][] = []
  let part: InputTurn[] = []
  let used = 0
  for (const piece of pieces) {
    const tokens = turnTokens(piece)
    if (part.length > 0 && used + tokens > budget) {
      parts.push(part)
      part = lastTurns(part, overlap, budget / 4)
      used = part.reduce((sum, turn) => sum + turnTokens(turn), 0)
    }
    part.push(piece)
    used += tokens
  }
  return part.length > 0 ? [...parts, part] : parts
}

/** A part as smaller ones of half its size at most; none where it is too small for that. */
export function halvesOf(part: readonly InputTurn[], overlap: number): InputTurn[][] {
  const budget = Math.floor(part.reduce((sum, turn) => sum + turnTokens(turn), 0) / 2)
  return budget < least ? [] : partsOf(part, { budget, overlap })
}

function lastTurns(part: readonly InputTurn[], count: number, budget: number): InputTurn[] {
  const last: InputTurn[] = []
  let used = 0
  for (const turn of part.slice(Math.max(0, part.length - count)).reverse()) {
    used += turnTokens(turn)
    if (used > budget) break
    last.unshift(turn)
  }
  return last
}

function piecesOf(turn: InputTurn, budget: number): InputTurn[] {
  if (turnTokens(turn) <= budget) return [turn]
  // Two and a half characters for each token is the dearest that ASCII gets; other scripts take two tokens each.
  const size = Math.max(100, Math.floor((budget - perTurn) / 2.2))
  const pieces: InputTurn[] = []
  for (let from = 0; from < turn.text.length;) {
    const to = cutAt(turn.text, from, size)
    pieces.push({ ...turn, text: turn.text.slice(from, to) })
    from = to
  }
  return pieces
}

/** The end of a piece: behind a sentence or a word where there is one, never within a character. */
function cutAt(text: string, from: number, size: number): number {
  const end = from + size
  if (end >= text.length) return text.length
  const piece = text.slice(from, end)
  const stop = Math.max(piece.lastIndexOf('. '), piece.lastIndexOf('\n'))
  if (stop > size / 2) return from + stop + 1
  const space = piece.lastIndexOf(' ')
  if (space > size / 2) return from + space + 1
  return /[\uD800-\uDBFF]$/.test(piece) ? end - 1 : end
}
