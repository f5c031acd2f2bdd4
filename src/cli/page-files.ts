import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
}

async function read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await readFile(path))
  } catch {
    // Not a file of the page; the caller answers 404 or the page itself.
    return undefined
  }
}

/**
 * Serves a folder that the page was built into. Paths of the page's own routes give its HTML;
 * a path never leaves the folder.
 */
export function pageFiles(folder: string): (path: string) => Promise<Response | undefined> {
  return async (path) => {
    const isRoute = /^\/(call|operate|settings|projects\/[A-Za-z0-9-]+(\/[a-z]+)?)?$/.test(path)
    const name = isRoute ? '/index.html' : path
    if (!/^\/[A-Za-z0-9._/-]+$/.test(name)) return undefined
    const file = normalize(join(folder, name))
    const type = types[extname(file)]
    if (!file.startsWith(folder + sep) || type === undefined) return undefined
    const content = await read(file)
    if (content === undefined) return undefined
    // Vite puts a hash of the content into the names below assets.
    const cache = name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    return new Response(content, { headers: { 'Content-Type': type, 'Cache-Control': cache } })
  }
}
