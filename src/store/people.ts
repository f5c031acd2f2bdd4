import type { Queryable } from './database.ts'

export interface Person {
  id: string
  name: string | null
  email: string | null
}

/** Adds a person, or notes what is newly known of them: what is not said stays as it was. */
export async function putPerson(db: Queryable, { id, name, email }: Person): Promise<void> {
  await db
    .insertInto('people')
    .values({ id, name, email })
    .onConflict((oc) =>
      oc.column('id').doUpdateSet({
        ...(name !== null && { name }),
        ...(email !== null && { email }),
        id,
      }),
    )
    .execute()
}
