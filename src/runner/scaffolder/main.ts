import process from 'node:process'
import { Readable, Writable } from 'node:stream'
import { ndJsonStream } from '@agentclientprotocol/sdk'
import { scaffolderAgent } from './agent.ts'

const stream = ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin))
const ended = new AbortController()
const connection = scaffolderAgent('1', ended.signal).connect(stream)
await connection.closed
ended.abort()
