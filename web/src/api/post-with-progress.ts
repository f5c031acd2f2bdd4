import { checked, type Guard, idempotencyKey, problemOf, unreachable } from './http.ts'

interface Sending {
  signal: AbortSignal
  /** The share of the body that has been sent, from 0 to 1. */
  onSent: (share: number) => void
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What `fetch` does not do: it tells how much of the body has been sent. */
function send(path: string, body: string, { signal, onSent }: Sending): Promise<XMLHttpRequest> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const stop = () => request.abort()
    request.open('POST', path)
    request.setRequestHeader('content-type', 'application/json')
    request.setRequestHeader('idempotency-key', idempotencyKey())
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      onSent(total > 0 ? loaded / total : 0)
    })
    request.addEventListener('load', () => resolve(request))
    request.addEventListener('error', () => reject(unreachable()))
    request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')))
    request.addEventListener('loadend', () => signal.removeEventListener('abort', stop))
    signal.addEventListener('abort', stop)
    request.send(body)
  })
}

/** Posts something large, telling how far it is. @throws ApiError; an AbortError when it is cancelled */
export async function postWithProgress<T>(
  path: string,
  body: object,
  guard: Guard<T>,
  sending: Sending,
): Promise<T> {
  sending.signal.throwIfAborted()
  const { status, responseText } = await send(path, JSON.stringify(body), sending)
  const answer = readJson(responseText)
  if (status < 200 || status > 299) throw problemOf(status, answer)
  return checked(answer, guard)
}
