import process from 'node:process'
import { Readable, Writable } from 'node:stream'
import { ndJsonStream } from '@agentclientprotocol/sdk'
import { scaffolderAgent } from './agent.ts'

const stream = ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin))
const connection = scaffolderAgent('1').connect(stream)
await connection.closed
process.exitCode = 0
