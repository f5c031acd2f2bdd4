import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { signInSeconds } from '../access/oidc.ts'
import { sessionSeconds } from '../access/sessions.ts'

/**
 * The cookies of a sign-in: out of reach of scripts, and sent along from other sites only where a
 * link leads here. Over HTTPS their names keep other hosts of the domain from setting them.
 */
export function cookies(publicUrl: string) {
  const secure = publicUrl.startsWith('https:')
  const prefix = secure ? '__Host-' : ''
  const options = { httpOnly: true, secure, sameSite: 'Lax', path: '/' } as const

  function cookie(name: string, maxAge: number) {
    const full = `${prefix}${name}`
    return {
      read: (c: Context) => getCookie(c, full),
      write: (c: Context, value: string) => setCookie(c, full, value, { ...options, maxAge }),
      remove: (c: Context) => deleteCookie(c, full, { path: '/', secure }),
    }
  }
  return {
    session: cookie('talkwright_session', sessionSeconds),
    /** What a browser keeps while it is away at a provider. */
    signIn: cookie('talkwright_sign_in', signInSeconds),
  }
}
