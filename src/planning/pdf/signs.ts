import { openSync } from 'fontkit'

/** A piece of a text that one typeface can write. */
export interface Piece<F extends string> {
  text: string
  face: F
}

/** Writes signs that not every typeface has. */
export interface Signs<F extends string> {
  /** The text in pieces, each in the typeface asked for or, where only that has a sign, in the plain one. */
  pieces(text: string, face: F): Piece<F>[]
  /** The text for the plain typeface. */
  written(text: string): string
  /** Whether a sign that none of them has was replaced by its number. */
  replaced(): boolean
}

/**
 * Tells which signs typefaces have; one is opened when a sign beyond ASCII asks for it.
 *
 * @param files the file of each typeface
 */
export function openSigns<F extends string>(
  files: Readonly<Record<F, string>>,
  plain: NoInfer<F>,
): Signs<F> {
  const fonts = new Map<F, ReturnType<typeof openSync>>()
  let anyReplaced = false

  function has(face: F, code: number): boolean {
    if (code < 0x80) return true
    const font = fonts.get(face) ?? openSync(files[face])
    fonts.set(face, font)
    return font.hasGlyphForCodePoint(code)
  }

  function pieceOf(sign: string, face: F): Piece<F> {
    const code = sign.codePointAt(0) ?? 0
    if (has(face, code)) return { text: sign, face }
    if (has(plain, code)) return { text: sign, face: plain }
    anyReplaced = true
    return { text: `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`, face }
  }

  function pieces(text: string, face: F): Piece<F>[] {
    const found: Piece<F>[] = []
    for (const sign of text) {
      const piece = pieceOf(sign, face)
      const last = found.at(-1)
      if (last?.face === piece.face) last.text += piece.text
      else found.push(piece)
    }
    return found
  }
  return {
    pieces,
    written: (text) =>
      pieces(text, plain)
        .map((piece) => piece.text)
        .join(''),
    replaced: () => anyReplaced,
  }
}
