import { z } from 'zod'

/** The three APIs that the server speaks, as their references describe them. */
export type WireFormat = 'responses' | 'chat' | 'messages'

export interface ServedTokens {
  input: number
  cached: number
  output: number
  reasoning: number
}

/** What a model gives, before it is put into the words of an API. */
export type Served =
  | { kind: 'text'; text: string; tokens?: ServedTokens | 'untold' }
  | { kind: 'refusal'; text: string; tokens?: ServedTokens }
  | { kind: 'cut_off'; text: string; tokens?: ServedTokens }

/** What was asked, in whichever API's words. */
export interface ReadRequest {
  model: string
  instructions: string
  turns: { role: string; text: string }[]
  maxOutputTokens: number
  schema: unknown
  /** The schema came as that of a tool, for a model that knows no structured output. */
  viaTool: boolean
  stored: boolean
}

const Text = z.union([
  z.string(),
  z
    .array(z.looseObject({ text: z.string() }))
    .transform((parts) => parts.map(({ text }) => text).join('')),
])
const Message = z.looseObject({ role: z.string(), content: Text })
const Format = z.object({
  type: z.literal('json_schema'),
  strict: z.literal(true),
  name: z.string().regex(/^[\w-]{1,64}$/),
  schema: z.unknown(),
})

const Requests = {
  responses: z
    .strictObject({
      model: z.string(),
      input: z.array(Message),
      max_output_tokens: z.int(),
      store: z.boolean().default(true),
      text: z.object({ format: Format }).optional(),
      include: z.array(z.string()).optional(),
      reasoning: z.unknown().optional(),
    })
    .transform((body): ReadRequest => ({
      ...partTurns(body.input),
      model: body.model,
      maxOutputTokens: body.max_output_tokens,
      schema: body.text?.format.schema,
      viaTool: false,
      stored: body.store,
    })),
  chat: z
    .strictObject({
      model: z.string(),
      messages: z.array(Message),
      max_tokens: z.int().optional(),
      max_completion_tokens: z.int().optional(),
      store: z.boolean().default(false),
      response_format: z
        .object({ type: z.literal('json_schema'), json_schema: Format.omit({ type: true }) })
        .optional(),
    })
    .transform((body): ReadRequest => ({
      ...partTurns(body.messages),
      model: body.model,
      maxOutputTokens: body.max_completion_tokens ?? body.max_tokens ?? 0,
      schema: body.response_format?.json_schema.schema,
      viaTool: false,
      stored: body.store,
    })),
  messages: z
    .strictObject({
      model: z.string(),
      max_tokens: z.int(),
      system: Text,
      messages: z.array(Message),
      output_config: z
        .object({ format: z.object({ type: z.literal('json_schema'), schema: z.unknown() }) })
        .optional(),
      tools: z.array(z.looseObject({ name: z.string(), input_schema: z.unknown() })).optional(),
      tool_choice: z.unknown().optional(),
    })
    .transform((body): ReadRequest => ({
      model: body.model,
      instructions: body.system,
      turns: body.messages.map(({ role, content }) => ({ role, text: content })),
      maxOutputTokens: body.max_tokens,
      schema: body.output_config?.format.schema ?? body.tools?.[0]?.input_schema,
      viaTool: body.tools !== undefined,
      stored: false,
    })),
}

function partTurns(
  messages: readonly z.infer<typeof Message>[],
): Pick<ReadRequest, 'instructions' | 'turns'> {
  const leads = ({ role }: { role: string }): boolean => role === 'system' || role === 'developer'
  return {
    instructions: messages
      .filter(leads)
      .map(({ content }) => content)
      .join('\n'),
    turns: messages
      .filter((message) => !leads(message))
      .map(({ role, content }) => ({ role, text: content })),
  }
}

/** The request, or what is wrong with it. */
export function readRequest(format: WireFormat, body: unknown): ReadRequest | string {
  const parsed = Requests[format].safeParse(body)
  return parsed.success ? parsed.data : z.prettifyError(parsed.error)
}

/** Keywords that strict output takes nowhere or only with some providers. */
const refused =
  /"(?:minLength|maxLength|minItems|maxItems|minimum|maximum|pattern|oneOf|default|propertyNames)":/

/** What a provider of strict output objects to in a schema. */
export function schemaFault(schema: unknown): string | undefined {
  const text = JSON.stringify(schema)
  const keyword = refused.exec(text)?.[0]
  if (keyword !== undefined) return `${keyword} is not permitted`
  const faults: string[] = []
  JSON.parse(text, (_key, value: unknown) => {
    const node = z
      .looseObject({
        type: z.literal('object'),
        properties: z.record(z.string(), z.unknown()).default({}),
        required: z.array(z.string()).default([]),
        additionalProperties: z.unknown(),
      })
      .safeParse(value).data
    if (node === undefined) return value
    if (node.additionalProperties !== false) faults.push("'additionalProperties' must be false")
    const missing = Object.keys(node.properties).find((name) => !node.required.includes(name))
    if (missing !== undefined)
      faults.push(`'required' must name every property; missing '${missing}'`)
    return value
  })
  return faults[0]
}

const someTokens: ServedTokens = { input: 120, cached: 20, output: 30, reasoning: 5 }

/** OpenAI counts cached input within the input, Anthropic beside it. */
const usages: Readonly<Record<WireFormat, (tokens: ServedTokens) => object>> = {
  responses: ({ input, cached, output, reasoning }) => ({
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  }),
  chat: ({ input, cached, output, reasoning }) => ({
    prompt_tokens: input,
    prompt_tokens_details: { cached_tokens: cached },
    completion_tokens: output,
    completion_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  }),
  messages: ({ input, cached, output, reasoning }) => ({
    input_tokens: input - cached,
    cache_read_input_tokens: cached,
    cache_creation_input_tokens: 0,
    output_tokens: output,
    output_tokens_details: { thinking_tokens: reasoning },
  }),
}

function responsesBody(model: string, served: Served): object {
  const content =
    served.kind === 'refusal'
      ? { type: 'refusal', refusal: served.text }
      : { type: 'output_text', text: served.text, annotations: [], logprobs: [] }
  const cut = served.kind === 'cut_off'
  const status = cut ? 'incomplete' : 'completed'
  return {
    id: 'resp_1',
    object: 'response',
    created_at: 1_773_151_200,
    status,
    error: null,
    incomplete_details: cut ? { reason: 'max_output_tokens' } : null,
    model: `${model}-2026-01-01`,
    output: [
      { type: 'reasoning', id: 'rs_1', summary: [] },
      { type: 'message', id: 'msg_1', status, role: 'assistant', content: [content] },
    ],
  }
}

function chatBody(model: string, served: Served): object {
  const refused = served.kind === 'refusal'
  const message = {
    role: 'assistant',
    content: refused ? null : served.text,
    refusal: refused ? served.text : null,
  }
  const finish_reason = served.kind === 'cut_off' ? 'length' : 'stop'
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_773_151_200,
    model: `${model}-2026-01-01`,
    choices: [{ index: 0, message, logprobs: null, finish_reason }],
  }
}

const stopReasons = { text: 'end_turn', refusal: 'refusal', cut_off: 'max_tokens' } as const

function toolInput(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function messagesBody(model: string, served: Served, viaTool: boolean): object {
  const input = viaTool && served.kind !== 'refusal' ? toolInput(served.text) : undefined
  const block =
    input === undefined
      ? { type: 'text', text: served.text }
      : { type: 'tool_use', id: 'toolu_1', name: 'json', input }
  const stop = input !== undefined && served.kind === 'text' ? 'tool_use' : stopReasons[served.kind]
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: `${model}-20260101`,
    content: served.text === '' ? [] : [block],
    stop_reason: stop,
    stop_sequence: null,
  }
}

const bodies = { responses: responsesBody, chat: chatBody, messages: messagesBody }

/** The body of an answer with status 200. */
export function successBody(
  format: WireFormat,
  { model, viaTool }: Pick<ReadRequest, 'model' | 'viaTool'>,
  served: Served,
): object {
  const { tokens = someTokens } = served
  return {
    ...bodies[format](model, served, viaTool),
    ...(tokens !== 'untold' && { usage: usages[format](tokens) }),
  }
}

export interface ServedError {
  status: number
  type: string
  /** OpenAI's finer name of the error. */
  code?: string
  message: string
}

/** The body of an error: Anthropic's has a frame and the request's id, OpenAI's a code. */
export function errorBody(format: WireFormat, { type, code, message }: ServedError): object {
  return format === 'messages'
    ? { type: 'error', error: { type, message }, request_id: 'req_1' }
    : { error: { message, type, param: null, code: code ?? null } }
}
