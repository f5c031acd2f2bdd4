import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'

/** Whom a session signs in, and where. */
export interface SessionSubject {
  userId: string
  workspaceId: string
}

/** Makes and reads the value of the session cookie. */
export interface Sessions {
  issue(subject: SessionSubject, now: Date): Promise<string>
  /** Undefined when it is not ours, was changed, or is too old. */
  read(value: string, now: Date): Promise<SessionSubject | undefined>
}

export const sessionSeconds = 7 * 24 * 60 * 60

const issuer = 'talkwright'
const audience = 'talkwright-page'
const Claims = z.object({ sub: z.uuid(), workspace: z.uuid() })

/** Sessions signed with this server's key; the algorithm, issuer and audience are pinned. */
export function createSessions(key: string): Sessions {
  const secret = new TextEncoder().encode(key)
  return {
    async issue(subject, now) {
      const seconds = Math.floor(now.getTime() / 1000)
      return new SignJWT({ workspace: subject.workspaceId })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(subject.userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + sessionSeconds)
        .sign(secret)
    },
    async read(value, now) {
      try {
        const { payload } = await jwtVerify(value, secret, {
          algorithms: ['HS256'],
          issuer,
          audience,
          currentDate: now,
        })
        const claims = Claims.safeParse(payload)
        return claims.success
          ? { userId: claims.data.sub, workspaceId: claims.data.workspace }
          : undefined
      } catch {
        // jose throws for every kind of bad token; all of them mean: not signed in.
        return undefined
      }
    },
  }
}
