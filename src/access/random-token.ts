import { sha256 } from '../domain/json.ts'

/** A secret of 256 random bits in base64url: 43 characters that fit a URL's path. */
export function randomToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** A secret for Standard Webhooks: `whsec_` and 32 random bytes in base64. */
export function randomWebhookSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return `whsec_${btoa(String.fromCharCode(...bytes))}`
}

/** What is stored of a random secret: it has 256 bits, so a plain hash cannot be reversed. */
export function tokenHash(token: string): Promise<string> {
  return sha256(token)
}
