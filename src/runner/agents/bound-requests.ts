import type { AnyMessage, Stream } from '@agentclientprotocol/sdk'

/** Requests of an agent that may wait for their answers; one for a file may be answered with 2 MiB. */
export const maxOpenRequests = 64

const isRequest = (message: AnyMessage) => 'method' in message && 'id' in message
const isAnswer = (message: AnyMessage) => !('method' in message) && 'id' in message
const idOf = (message: AnyMessage) => ('id' in message ? message.id : undefined)

/**
 * Hears no more of an agent while too many of its requests wait for answers, among them those that it
 * does not take: otherwise one that asks and never reads would have them all kept in memory. Answers to
 * what it was not asked do not pass: the library writes of them to the terminal, in the agent's words.
 */
export function boundRequests({ readable, writable }: Stream, max = maxOpenRequests): Stream {
  const asked = new Set<unknown>()
  let open = 0
  let isBroken = false
  const isFull = () => open >= max && !isBroken
  let room = Promise.withResolvers<void>()
  const free = () => {
    room.resolve()
    room = Promise.withResolvers<void>()
  }
  const incoming = new TransformStream<AnyMessage, AnyMessage>({
    async transform(message, controller) {
      if (isRequest(message)) {
        while (isFull()) await room.promise
        // Nobody would take its answer.
        if (isBroken) return
        open += 1
      } else if (!('method' in message) && !asked.delete(idOf(message))) return
      controller.enqueue(message)
    },
  })
  // Without room of its own it takes an answer only when the agent has taken the one before.
  const outgoing = new TransformStream<AnyMessage, AnyMessage>({
    transform(message, controller) {
      if (isAnswer(message)) {
        open -= 1
        free()
      }
      if (isRequest(message)) asked.add(idOf(message))
      controller.enqueue(message)
    },
  })
  outgoing.readable.pipeTo(writable).catch(() => {
    isBroken = true
    free()
  })
  return { readable: readable.pipeThrough(incoming), writable: outgoing.writable }
}
