import { z } from 'zod'
import { LineSplitter } from '../process/line-splitter.ts'

const JsonRpc = z.looseObject({
  jsonrpc: z.literal('2.0'),
  method: z.string().optional(),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
})

function isMessage(line: string): boolean {
  if (!line.startsWith('{')) return false
  try {
    return JsonRpc.safeParse(JSON.parse(line)).success
  } catch {
    return false
  }
}

/**
 * Lets only JSON-RPC messages pass from an agent's standard output: agents print banners, ANSI
 * codes and debug lines there, and those must neither break the talk nor be answered.
 */
export function protocolLines(
  message: () => void,
  noise: (line: string) => void,
): TransformStream<Uint8Array, Uint8Array> {
  const encoder = new TextEncoder()
  const splitter = new LineSplitter()
  const pass = (
    lines: readonly string[],
    controller: TransformStreamDefaultController<Uint8Array>,
  ) => {
    for (const line of lines) {
      const text = line.trim()
      if (isMessage(text)) {
        message()
        controller.enqueue(encoder.encode(`${text}\n`))
      } else if (text !== '') noise(text.slice(0, 8_000))
    }
  }
  return new TransformStream({
    transform: (chunk, controller) => pass(splitter.push(chunk), controller),
    flush: (controller) => pass(splitter.flush(), controller),
  })
}
