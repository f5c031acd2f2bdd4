const encoder = new TextEncoder()

/**
 * The `whsec_…` secret of one build, derived from the server's own: a builder that is given it can
 * sign for this build and for no other.
 */
export async function deriveBuildSecret(secret: string, buildId: string): Promise<string> {
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), hmac, false, ['sign'])
  const bytes = await crypto.subtle.sign('HMAC', key, encoder.encode(`build ${buildId}`))
  return `whsec_${btoa(String.fromCharCode(...new Uint8Array(bytes)))}`
}
