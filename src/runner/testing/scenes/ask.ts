import {
  methods,
  type RequestPermissionRequest,
  type ToolCallUpdate,
  type ToolKind,
} from '@agentclientprotocol/sdk'
import type { Act } from '../scripted-agent.ts'

interface Wish {
  kind: ToolKind
  title?: string
  /** Relative to the workspace. */
  paths?: string[]
  command?: string
  /** Whether it is asked for at the same time as the next one. */
  together?: boolean
}

const options = [
  { optionId: 'always', name: 'Always', kind: 'allow_always' },
  { optionId: 'once', name: 'Once', kind: 'allow_once' },
  { optionId: 'no', name: 'No', kind: 'reject_once' },
] as const

/** Asks for permission to do what its argument lists, and says what was answered. */
export const act: Act = async ({ client, sessionId, cwd, argument, say }) => {
  const wishes = JSON.parse(argument) as Wish[]
  const ask = async ({ kind, title = kind, paths, command }: Wish, index: number) => {
    const toolCall: ToolCallUpdate = { toolCallId: `ask-${index}`, title, kind }
    if (paths) toolCall.locations = paths.map((path) => ({ path: `${cwd}/${path}` }))
    if (command !== undefined) toolCall.rawInput = { command }
    const request: RequestPermissionRequest = { sessionId, toolCall, options: [...options] }
    const { outcome } = await client.request(methods.client.session.requestPermission, request)
    return outcome.outcome === 'selected' ? outcome.optionId : outcome.outcome
  }
  const answers: Promise<string>[] = []
  for (const [index, wish] of wishes.entries()) {
    const answer = ask(wish, index)
    answers.push(answer)
    if (!wish.together) await answer
  }
  await say(`answers: ${(await Promise.all(answers)).join(' ')}`)
}
