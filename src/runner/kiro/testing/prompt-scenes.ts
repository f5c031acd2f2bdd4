import { app, handshake, mailFile, pageFile, session, text } from './scene-parts.ts'
import type { Scene, Step } from './scene.ts'

const usage: readonly Step[] = [
  { warn: "error: unexpected argument '--agent-engine' found\n" },
  { exit: 2 },
]
const silent: readonly Step[] = [{ hang: true }]
const turn: Step = { await: 'session/prompt', answer: { stopReason: 'end_turn' } }

/** Waits for a prompt and does this before it answers. */
const prompted = (steps: readonly Step[]): Step => ({ ...turn, before: steps })

const prompts: readonly Step[] = [
  { await: 'initialize', answer: handshake() },
  { await: 'session/new', answer: { sessionId: session } },
  prompted([text('I begin.'), ...app]),
  prompted([pageFile]),
  prompted([mailFile]),
]

const line = (type: string, data: object) => `${JSON.stringify({ type, data })}\n`
const started: Step = { print: line('runStarted', { payloadSchema: 'acp', engine: 'v3' }) }
const said = (words: string): Step => ({
  print: line('sessionUpdate', {
    sessionId: session,
    update: {
      sessionUpdate: 'agent_message_chunk',
      content: { type: 'text', text: `${words}\n` },
    },
  }),
})
const finished: Step = {
  print: line('runFinished', { sessionId: session, status: 'success', stopReason: 'end_turn' }),
}
const chats = (steps: readonly Step[]): readonly Step[] => [
  started,
  ...steps,
  { print: line('metadata', { meteringUsage: [{ value: 0.25, unit: 'credit' }] }) },
  finished,
  { exit: 0 },
]
const threeChats: Scene = [
  chats([said('I begin; you are not logged in to anything here.'), ...app]),
  chats([pageFile]),
  chats([mailFile]),
]

/** Kiro that is prompted: over ACP, and by `kiro-cli chat`. */
export const promptScenes: Readonly<Record<string, Scene>> = {
  prompts: [prompts],
  /** Dies in its second task; the next one knows nothing of the first. */
  'prompts-die-once': [
    [...prompts.slice(0, 3), { await: 'session/prompt', answer: {}, before: [{ exit: 137 }] }],
    [...prompts.slice(0, 2), ...prompts.slice(3)],
  ],
  'prompts-die': [
    [...prompts.slice(0, 2), { await: 'session/prompt', answer: {}, before: [{ exit: 137 }] }],
  ],
  /** Knows neither V3 nor how to be silent about it. */
  'only-v2': [usage, prompts],
  /** V2 never answers, as it does when something is missing in `initialize`; chat works. */
  'silent-v2': [usage, silent, ...threeChats],
  chat: threeChats,
  /** Does not know engines in `chat` either. */
  'old-chat': [usage, usage, usage, ...threeChats],
  'chat-ansi': [
    chats([
      { print: '\u001b[33mWARNING\u001b[0m model flag ignored\n' },
      {
        print: `\u001b[0m${line('sessionUpdate', { sessionId: session, update: {} }).trim()}\u001b[0m\n`,
      },
      { print: 'not json at all\n{"type":"unknown"}\n' },
      { print: `\u001b[2K${line('metadata', { meteringUsage: [{ value: 1, unit: 'credit' }] })}` },
      ...app,
    ]),
    ...threeChats.slice(1),
  ],
  'chat-denied': [
    chats([
      {
        warn: '[denied] tool permission approval is not supported in non-interactive mode.\n',
      },
      said('I could not write the file, but all is done.'),
    ]),
  ],
  'chat-error': [
    [
      started,
      { print: line('runError', { stage: 'prompt', message: 'No capacity.' }) },
      { exit: 1 },
    ],
  ],
  'chat-error-0': [
    [
      started,
      { print: line('runError', { stage: 'model', message: 'No such model.' }) },
      { exit: 0 },
    ],
  ],
  'chat-key': [[{ warn: 'error: invalid API key\n' }, { exit: 0 }]],
  'chat-nothing': [[{ warn: 'thread panicked\n' }, { exit: 0 }]],
  'chat-mcp': [[started, { exit: 3 }]],
  'chat-stalls': [[started, { leaveChild: '{{value}}' }, { hang: true }]],
  'nothing-works': [usage, usage, [{ warn: 'unknown command: chat\n' }, { exit: 1 }]],
}
