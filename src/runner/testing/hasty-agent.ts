import { createInterface } from 'node:readline'

/** An agent for tests that says its last words and the end of its turn in one breath. */

const lines = 50

function answer(method: string, id: number): object[] {
  switch (method) {
    case 'initialize':
      return [{ id, result: { protocolVersion: 1 } }]
    case 'session/new':
      return [{ id, result: { sessionId: 's' } }]
    default: {
      const said = Array.from({ length: lines }, (_, index) => ({
        method: 'session/update',
        params: {
          sessionId: 's',
          update: {
            sessionUpdate: 'agent_message_chunk',
            content: { type: 'text', text: `line ${index + 1}\n` },
          },
        },
      }))
      return [...said, { id, result: { stopReason: 'end_turn' } }]
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { method, id } = JSON.parse(line) as { method: string; id: number }
  const messages = answer(method, id).map((message) => ({ jsonrpc: '2.0', ...message }))
  process.stdout.write(messages.map((message) => `${JSON.stringify(message)}\n`).join(''))
}
