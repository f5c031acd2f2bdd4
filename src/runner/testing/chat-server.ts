import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

const Part = z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))])

/** What of a request to `/v1/chat/completions` a script needs to know. */
const ChatRequest = z.object({
  messages: z.array(z.looseObject({ role: z.string(), content: Part.nullish() })),
  tools: z.array(z.unknown()).optional(),
  stream: z.boolean().optional(),
})

/** What the model says next: words, or a call of a tool. */
export type Saying = { text: string } | { tool: string; input: object }

/** A turn so far: what the person said last, and how many tools have answered since. */
export interface Situation {
  said: string
  answers: number
  /** What the agent tells the model of itself and of where it is. */
  system: string
}

/** A model behind an OpenAI-compatible address, that says what a script has it say. */
export interface ChatServer extends AsyncDisposable {
  /** `http://127.0.0.1:1234/v1` */
  baseUrl: string
  port: number
  /** The turns that it was asked to go on with; requests that offer no tools are not among them. */
  asked: Situation[]
}

const contentOf = (content: z.infer<typeof Part> | null | undefined): string =>
  typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('\n')

function situationOf({ messages }: z.infer<typeof ChatRequest>): Situation {
  const last = messages.findLastIndex(({ role }) => role === 'user')
  const answers = messages.slice(last + 1).filter(({ role }) => role === 'tool').length
  const system = messages.find(({ role }) => role === 'system')?.content
  return { said: contentOf(messages[last]?.content), answers, system: contentOf(system) }
}

/** Streams one saying as server-sent events, the arguments of a tool in two pieces. */
function stream(response: ServerResponse, saying: Saying, id: string): void {
  const send = (delta: object, finish: string | null, usage?: object) => {
    const choices = [{ index: 0, delta, finish_reason: finish }]
    const chunk = { id, object: 'chat.completion.chunk', created: 1, model: 'm1', choices, usage }
    response.write(`data: ${JSON.stringify(chunk)}\n\n`)
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  if ('text' in saying) send({ role: 'assistant', content: saying.text }, null)
  else {
    const json = JSON.stringify(saying.input)
    const half = Math.floor(json.length / 2)
    const call = { index: 0, id: `call_${id}`, type: 'function' }
    const name = saying.tool
    const first = { ...call, function: { name, arguments: json.slice(0, half) } }
    send({ role: 'assistant', tool_calls: [first] }, null)
    send({ tool_calls: [{ index: 0, function: { arguments: json.slice(half) } }] }, null)
  }
  const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 }
  send({}, 'text' in saying ? 'stop' : 'tool_calls', usage)
  response.end('data: [DONE]\n\n')
}

/** Starts a model; one that offers tools is answered by the script, one without with a title. */
export async function startChatServer(script: (now: Situation) => Saying): Promise<ChatServer> {
  const asked: Situation[] = []
  let count = 0
  const server = createServer((request, response) => {
    void (async () => {
      const chat = ChatRequest.parse(JSON.parse(await text(request)))
      count += 1
      const hasTools = (chat.tools ?? []).length > 0
      const now = situationOf(chat)
      if (hasTools) asked.push(now)
      stream(response, hasTools ? script(now) : { text: 'A title' }, `chat_${count}`)
    })().catch((error: unknown) => response.writeHead(400).end(String(error)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    port,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
