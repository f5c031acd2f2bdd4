import { env, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'
import { readKeys } from './door.js'
import { startServer } from './server.js'

const folder = env.DATA_FOLDER ?? fileURLToPath(new URL('../data', import.meta.url))
const keys = readKeys(env.ROLE_KEYS)
const server = await startServer({ port: Number(env.PORT ?? 3000), folder, keys })
stdout.write(`The page is at ${server.url}\n`)
