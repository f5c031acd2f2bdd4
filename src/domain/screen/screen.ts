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

/**
 * What speaks against one line or sentence; undefined when nothing does.
 *
 * @param isDocument structure is what documents are made of, so it speaks against nothing there
 */
export function signalIn(text: string, isDocument = false): Signal | undefined {
  for (let from = 0; from < text.length; from += longest) {
    // Pieces overlap, so that nothing is missed at their ends.
    const found = signalInPiece(text.slice(Math.max(0, from - 200), from + longest), isDocument)
    if (found !== undefined) return found
  }
  return undefined
}

function signalInPiece(text: string, isDocument: boolean): Signal | undefined {
  const plain = folded(text)
  const found = plainSignal(plain, isDocument)
  if (found !== undefined) return found
  const readings = plain.split('\n').flatMap(disguisesOf)
  if (readings.some((reading) => plainSignal(reading, isDocument) !== undefined)) return 'encoded'
  const hidden = decodedFrom(text)
  // People do not speak in Base64: whatever it says, it is for a machine.
  return hidden.length > 0 ? 'encoded' : packageSignal(plain)
}

function plainSignal(text: string, isDocument: boolean): Signal | undefined {
  return patterns.find(
    ([signal, all]) =>
      !(isDocument && signal === 'poses_as_structure') && all.some((pattern) => pattern.test(text)),
  )?.[0]
}

/** A name beside a word that says that it is a package: other words may look like one by chance. */
const packageNames =
  /\b(?:packages?|librar(?:y|ies)|dependenc(?:y|ies)|modules?|npm|pip|crates?|gems?|plugins?|sdk|install(?:s|ed|ing)?|import(?:s|ed|ing)?)\s(?:(?:the|a|an|called|named|from|of|package|library|module)\s){0,3}["'`]?([@a-z][a-z0-9@/._-]{3,60})|\b([@a-z][a-z0-9@/._-]{3,60})["'`]?\s(?:package|library|module|plugin|sdk)\b/g

function packageSignal(text: string): Signal | undefined {
  const names = [...text.matchAll(packageNames)].map(([, after, before]) => after ?? before ?? '')
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
