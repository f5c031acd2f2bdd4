import { existsSync } from 'node:fs'

/** The folder of test data next to the repository, which may be absent. */
export const sharedFolder = new URL('../../../../shared/', import.meta.url)

/** Whether that folder is there; without it the tests on it say that they are left out. */
export const sharedIsThere = existsSync(sharedFolder)
