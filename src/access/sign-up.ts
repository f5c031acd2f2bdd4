import { sql } from 'kysely'
import { advisoryLockSpaces } from '../store/advisory-locks.ts'
import type { Queryable } from '../store/database.ts'
import { type Identity, personBehind, tieIdentity } from '../store/identities.ts'
import { type Person, putPerson } from '../store/people.ts'
import { insertWorkspace, membershipsOf } from '../store/workspaces.ts'

/** Who may come in: those with an invitation, or everybody, each to a workspace of their own. */
export type SignUp = 'invited' | 'open'

/**
 * The workspace of a person, made when they have none; once, however many requests ask. Gives its id.
 */
export async function ownWorkspace(
  db: Queryable,
  person: Person,
  id: () => string,
): Promise<string> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${advisoryLockSpaces.ownWorkspace}::int, hashtext(${person.id}))`.execute(
      tx,
    )
    const [first] = await membershipsOf(tx, person.id)
    if (first !== undefined) return first.workspace.id
    await putPerson(tx, person)
    const workspace = { id: id(), name: person.name ?? person.email ?? 'My workspace' }
    await insertWorkspace(tx, { ...workspace, name: workspace.name.slice(0, 200) }, person.id)
    return workspace.id
  })
}

/**
 * The person behind an identity. One that is new is tied to whoever is signed in, so that somebody
 * with a session gets a second way in, or else to a new person.
 */
export async function personOf(
  db: Queryable,
  identity: Identity & Omit<Person, 'id'>,
  signedInAs: string | undefined,
  id: () => string,
): Promise<Person> {
  const { issuer, subject, name, email } = identity
  const known = await personBehind(db, identity)
  const userId = known ?? (await tieIdentity(db, { issuer, subject }, signedInAs ?? id()))
  const person = { id: userId, name, email }
  await putPerson(db, person)
  return person
}
