import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Lower-case hexadecimal SHA-256 of a text's UTF-8 bytes, at once: for short texts the asynchronous
 * digest of the Web Crypto API costs twenty times the hash itself.
 */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Compares two secrets by their hashes, so that the time taken tells nothing of either. */
export function sameSecret(a: string, b: string): boolean {
  const [hashA, hashB] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return hashA !== undefined && hashB !== undefined && timingSafeEqual(hashA, hashB)
}
