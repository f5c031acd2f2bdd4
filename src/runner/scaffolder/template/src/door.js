import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { Problem } from './problem.js'

const minKeyLength = 12
const cookieRules = 'HttpOnly; SameSite=Strict; Path=/'

/** The keys of roles from a text such as `{"manager": "a long secret"}`; none when it is empty. */
export function readKeys(text = '') {
  const keys = text === '' ? {} : JSON.parse(text)
  for (const [role, key] of Object.entries(keys)) {
    if (typeof key !== 'string' || key.length < minKeyLength) {
      throw new Error(`The key of ${role} has to be a text of ${minKeyLength} characters or more.`)
    }
  }
  return keys
}

/**
 * Who comes in, and as what. Without keys that is everybody, in the role that the page says; with keys
 * it takes the one of a role, and the role is the one that it was. A sign-in lasts as long as the server.
 */
export function createDoor(keys = {}) {
  const roles = Object.keys(keys)
  const secret = randomBytes(32)
  const seal = (role) => createHmac('sha256', secret).update(role).digest('base64url')
  /** The role that somebody has signed in with. */
  const signedIn = ({ headers: { cookie = '' } }) => {
    const [, name = '', sealed = ''] = /(?:^|; ?)role=([^.;]*)\.([\w-]+)/.exec(cookie) ?? []
    return isSame(sealed, seal(decode(name))) ? decode(name) : undefined
  }
  return {
    /** What the page has to know: the roles that have a key, and whose was given. */
    tell: (request) => ({ signIn: roles, signedIn: signedIn(request) }),
    roleOf(request) {
      if (roles.length === 0) return decode(request.headers['x-role'] ?? '')
      const role = signedIn(request)
      if (role === undefined) throw new Problem(401, 'Sign in with a role and its key.')
      return role
    },
    /** The cookie of whoever has the key of a role. */
    enter({ role, key }) {
      const known = Object.hasOwn(keys, role) && isSame(keys[role], String(key))
      if (!known) throw new Problem(401, 'This is not the key of that role.')
      return `role=${encodeURIComponent(role)}.${seal(role)}; ${cookieRules}`
    },
    leave: () => `role=; Max-Age=0; ${cookieRules}`,
  }
}

function decode(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

/** Takes as long whatever the two have in common. */
function isSame(one, other) {
  const digest = (text) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
