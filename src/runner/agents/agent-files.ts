import { RequestError } from '@agentclientprotocol/sdk'
import { toAppError } from '../../domain/errors.ts'
import type { AgentObserver } from './agent-driver.ts'
import { readConfined, writeConfined } from '../workspace/confined-files.ts'

const maxReadBytes = 2 * 1024 * 1024
const maxWriteLength = 4 * 1024 * 1024

export interface AgentFiles {
  read(request: { path: string; line?: number | null; limit?: number | null }): Promise<string>
  write(request: { path: string; content: string }): Promise<void>
}

/**
 * Serves `fs/read_text_file` and `fs/write_text_file` within the workspace. They are not
 * offered, but agents call them all the same.
 */
export function serveFiles(workspace: string, observer: AgentObserver): AgentFiles {
  const refuse = (action: string, path: string, error: unknown): RequestError => {
    const { code, message } = toAppError(error)
    observer.log('runner', `Refused to ${action} ${path}: ${message}`)
    return RequestError.invalidParams({ code }, `Refused to ${action} this file`)
  }
  return {
    async read({ path, line, limit }) {
      try {
        const text = (await readConfined(workspace, path, maxReadBytes)).toString('utf8')
        if (line == null && limit == null) return text
        const start = Math.max((line ?? 1) - 1, 0)
        const lines = text.split('\n')
        return lines.slice(start, limit == null ? undefined : start + limit).join('\n')
      } catch (error) {
        throw refuse('read', path, error)
      }
    },
    async write({ path, content }) {
      try {
        if (content.length > maxWriteLength) throw new RangeError('The text is too long.')
        await writeConfined(workspace, path, content, false)
      } catch (error) {
        throw refuse('write', path, error)
      }
      observer.log('file', `write ${path}`)
      observer.changed()
    },
  }
}
