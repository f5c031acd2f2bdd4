/** A request that cannot be carried out, with the sentence that the caller gets. */
export class Problem extends Error {
  constructor(status, message, details = {}) {
    super(message)
    this.status = status
    this.details = details
  }
}

const maxBody = 1024 * 1024

/** The JSON object that a request carries. Asking for its type keeps other sites' forms out. */
export async function readJson(request) {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
    throw new Problem(415, 'Send the record as application/json.')
  }
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > maxBody) throw new Problem(413, 'The record is too large.')
    chunks.push(chunk)
  }
  const body = parse(Buffer.concat(chunks).toString('utf8'))
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    throw new Problem(400, 'Send one JSON object.')
  }
  return body
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
