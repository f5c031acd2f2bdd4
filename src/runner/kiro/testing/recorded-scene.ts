import { z } from 'zod'
import { app } from './scene-parts.ts'
import type { Scene, Step } from './scene.ts'

const Recording = z.object({
  cwd: z.string(),
  resolve: z.object({ sessionId: z.string() }),
  invoke_result: z.looseObject({ sessionId: z.string() }),
  frames: z.array(
    z.object({
      method: z.string(),
      id: z.number().nullable(),
      params: z.looseObject({ update: z.unknown().optional() }),
    }),
  ),
})

const Diff = z.object({
  sessionUpdate: z.literal('tool_call_update'),
  status: z.literal('completed'),
  content: z.array(z.object({ type: z.literal('diff'), path: z.string(), newText: z.string() })),
})

const Changes = z.object({
  changes: z.array(z.object({ taskId: z.string(), executionStatus: z.string() })),
})

const boxes: Readonly<Record<string, 'x' | '-' | '~'>> = {
  succeed: 'x',
  running: '-',
  queued: '~',
}

/** What a recorded message did to the workspace when it was sent: Kiro wrote files and set boxes. */
function effectsOf(params: z.infer<typeof Recording>['frames'][number]['params']): Step[] {
  const diff = Diff.safeParse(params.update).data
  const writes = (diff?.content ?? []).map(({ path, newText }) => ({
    write: path.replace('file://{{cwd}}/', ''),
    content: newText,
  }))
  const marks = (Changes.safeParse(params).data?.changes ?? []).flatMap((change) => {
    const [number = ''] = change.taskId.split(/\.? /)
    const box = boxes[change.executionStatus]
    return box ? [{ mark: number, box }] : []
  })
  return [...writes, ...marks]
}

/**
 * A recording of a real run, message by message. Kiro's own kiro-cli answers the request for a token
 * when it is told to (`--auth-method cli`), so that one does not reach the client. Beside what the
 * recording writes lies a package whose test passes, which the runner asks of every build.
 */
export function recordedScene(text: string, given: readonly string[]): Scene {
  const { cwd } = Recording.parse(JSON.parse(text))
  const { resolve, invoke_result, frames } = Recording.parse(
    JSON.parse(text.replaceAll(cwd, '{{cwd}}')),
  )
  const relayed = given.includes('--auth-method')
  const [login, ...rest] = frames
  const spoken = relayed && login?.method.endsWith('/auth/getAccessToken') ? rest : frames
  return [
    [
      { await: 'initialize', answer: { protocolVersion: 1, agentCapabilities: {} } },
      { await: 'spec/resolveSession', answer: resolve },
      { await: 'spec/invoke', answer: invoke_result },
      ...app,
      ...spoken.flatMap(({ method, id, params }): Step[] => [
        ...effectsOf(params),
        id === null ? { tell: method, params } : { ask: method, params },
      ]),
    ],
  ]
}
