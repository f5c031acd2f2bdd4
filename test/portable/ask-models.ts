// Asks a model in each way in which providers are spoken to, on Deno; says each answer as a JSON line.
import {
  failureOf,
  goodSum,
  modelAt,
  servedModels,
  sumCall,
  testKey,
  ways,
} from '../../src/model/testing/harness.ts'
import { startModelServer } from '../../src/model/testing/model-server.ts'

const never = new AbortController().signal
const server = await startModelServer({ key: testKey, models: servedModels })
for (const way of ways) {
  server.reply({ kind: 'text', text: '{}' }, { kind: 'text', text: goodSum })
  const { value, repairs } = await modelAt(server, way).answer(sumCall(), never)
  console.log(JSON.stringify({ way, sum: value.sum, repairs }))
}
server.reply({
  kind: 'error',
  status: 529,
  type: 'overloaded_error',
  message: 'Overloaded',
  headers: { 'retry-after': '7' },
})
server.reply({ kind: 'by_hand', answer: () => undefined })
const overloaded = modelAt(server, 'openai/model-a')
const stalled = modelAt(server, 'openai/model-a', { timeoutMs: 300 })
for (const model of [overloaded, stalled]) {
  const { code, retryAfterSeconds } = await failureOf(model.answer(sumCall(), never))
  console.log(JSON.stringify({ code, retryAfterSeconds }))
}
await server[Symbol.asyncDispose]()
