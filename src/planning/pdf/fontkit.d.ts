/** The part of fontkit, which pdfkit brings, that is used here; it has no types of its own. */
declare module 'fontkit' {
  export function openSync(file: string): { hasGlyphForCodePoint(code: number): boolean }
}
