import { decodedFrom, disguisesOf, folded } from './disguises.ts'
import { lookAlikeOf } from './known-parts.ts'
import { patterns } from './patterns.ts'
import type { Signal } from './signal.ts'

/** A passage of a text, by its place there, with what speaks against it. */
export interface Passage {
  start: number
  end: number
  signal: Signal
}

/** Longer than this is read piece by piece, so that no pattern sees more. */
const longest = 4_000

/** What speaks against one line or sentence; undefined when nothing does. */
export function signalIn(text: string): Signal | undefined {
  for (let from = 0; from < text.length; from += longest) {
    // Pieces overlap, so that nothing is missed at their ends.
    const found = signalInPiece(text.slice(Math.max(0, from - 200), from + longest))
    if (found !== undefined) return found
  }
  return undefined
}

function signalInPiece(text: string): Signal | undefined {
  const plain = folded(text)
  const found = plainSignal(plain)
  if (found !== undefined) return found
  if (disguisesOf(plain).some((reading) => plainSignal(reading) !== undefined)) return 'encoded'
  const hidden = decodedFrom(text)
  // People do not speak in Base64: whatever it says, it is for a machine.
  return hidden.length > 0 ? 'encoded' : packageSignal(plain)
}

function plainSignal(text: string): Signal | undefined {
  return patterns.find(([, all]) => all.some((pattern) => pattern.test(text)))?.[0]
}

const aboutPackages =
  /\b(?:packages?|librar(?:y|ies)|dependenc(?:y|ies)|modules?|npm|pip|pypi|crates?|gems?|plugins?|install\w{0,5}|sdk|import(?:s|ed|ing)?)\b/

function packageSignal(text: string): Signal | undefined {
  if (!aboutPackages.test(text)) return undefined
  const names = text.match(/[@a-z][a-z0-9@/._-]{3,60}/g) ?? []
  return names.some((name) => lookAlikeOf(name.replace(/[._-]+$/, '')) !== undefined)
    ? 'package'
    : undefined
}

/** The sentences of a text by their places. */
export function sentencePlaces(text: string): { start: number; end: number }[] {
  const places: { start: number; end: number }[] = []
  let start = 0
  for (let at = 0; at < text.length; at++) {
    if (!endsSentence(text, at)) continue
    places.push({ start, end: at + 1 })
    start = at + 1
  }
  if (start < text.length) places.push({ start, end: text.length })
  return places.filter(({ start, end }) => text.slice(start, end).trim() !== '')
}

function endsSentence(text: string, at: number): boolean {
  const letter = text[at] ?? ''
  if ('\n。！？'.includes(letter)) return true
  return '.?!'.includes(letter) && /^\s/.test(text.slice(at + 1, at + 2))
}

/** The passages of a text that are meant for a machine; neighbours of one kind are one passage. */
export function passagesIn(text: string): Passage[] {
  const found: Passage[] = []
  for (const { start, end } of sentencePlaces(text)) {
    const signal = signalIn(text.slice(start, end))
    if (signal === undefined) continue
    const last = found.at(-1)
    if (last?.end === start && last.signal === signal) last.end = end
    else found.push({ start, end, signal })
  }
  return found
}
