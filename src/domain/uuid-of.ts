/** The UUID of a hexadecimal hash, the same for the same hash: version 8 of RFC 9562, whose bits are anybody's own. */
export function uuidOf(hash: string): string {
  const part = (from: number, to: number) => hash.slice(from, to)
  return `${part(0, 8)}-${part(8, 12)}-8${part(13, 16)}-a${part(17, 20)}-${part(20, 32)}`
}
