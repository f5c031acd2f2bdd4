import type { Step } from './scene.ts'

export const session = 'sess_1'

/** A package whose one test passes, so that the runner finds tests. */
export const app: readonly Step[] = [
  {
    write: 'package.json',
    content: '{"name":"demo","type":"module","scripts":{"test":"node --test"}}',
  },
  {
    write: 'test/app.test.js',
    content: `import test from 'node:test'\ntest('works', () => undefined)\n`,
  },
]

/** The answer to `initialize`, which names ways to log in whether or not one is needed. */
export function handshake(namespace = '_kiro/'): object {
  return {
    protocolVersion: 1,
    agentCapabilities: {
      loadSession: true,
      _meta: { kiro: { extensionMethods: [`${namespace}workflow/new`, `${namespace}knowledge`] } },
    },
    authMethods: [{ id: 'builder-id', name: 'Builder ID' }],
  }
}

/** Kiro up to its session. */
export const begins: readonly Step[] = [
  { await: 'initialize', answer: handshake() },
  { await: 'spec/resolveSession', answer: { sessionId: session } },
]

export const invoked = (execution = 'run_1'): Step => ({
  await: 'spec/invoke',
  answer: { sessionId: session, executionId: execution },
})

/** A `session/update`. */
export const update = (content: object): Step => ({
  tell: 'session/update',
  params: { sessionId: session, update: content },
})

/** A `session_info_update` of this kind. */
export const info = (kind: string, details: object = {}): Step =>
  update({ sessionUpdate: 'session_info_update', _meta: { kiro: { kind, ...details } } })

export const turnEnd = (stopReason = 'end_turn'): Step => info('turn_end', { stopReason })

export const text = (words: string): Step =>
  update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: `${words}\n` } })

export interface TaskName {
  /** As Kiro names it: `1.1 Set up the project`. */
  id: string
  execution?: string
  namespace?: string
}

/** A `taskStatusChanged` about one task of the demo plan. */
export const status = (
  { id, execution = 'run_1', namespace = '_kiro/' }: TaskName,
  executionStatus: string,
): Step => ({
  tell: `${namespace}spec/taskStatusChanged`,
  params: {
    sessionId: session,
    tasksFilePath: '{{cwd}}/.kiro/specs/demo/tasks.md',
    changes: [{ taskId: id, executionStatus, lastExecutionId: execution }],
  },
})

const numberOf = (id: string) => (id.split(' ')[0] ?? '').replace(/\.$/, '')

export const mark = (task: TaskName, box: ' ' | 'x' | '-' | '~'): Step => ({
  mark: numberOf(task.id),
  box,
})

/** Asks for leave to write a file, as Kiro does: the request itself names neither kind nor place. */
export const asksToWrite = (file: string): readonly Step[] => [
  update({
    sessionUpdate: 'tool_call',
    toolCallId: `write-${file}`,
    title: 'Write File',
    kind: 'edit',
    status: 'in_progress',
    locations: [{ path: `{{cwd}}/${file}` }],
    content: [{ type: 'diff', path: '', newText: '' }],
  }),
  {
    ask: 'session/request_permission',
    params: {
      sessionId: session,
      toolCall: { toolCallId: `write-${file}`, title: 'Write File', status: 'pending' },
      options: [
        { optionId: 'accept', name: 'Allow', kind: 'allow_once' },
        { optionId: 'always-accept', name: 'Always allow', kind: 'allow_always' },
        { optionId: 'reject', name: 'Deny', kind: 'reject_once' },
      ],
    },
  },
]

/** Carries one task out: says so more than once, asks, writes, sets the box, and says that it is done. */
export function does(task: TaskName, writes: readonly Step[]): Step[] {
  const files = writes.flatMap((step) => ('write' in step ? [step.write] : []))
  return [
    mark(task, '-'),
    status(task, 'running'),
    status(task, 'running'),
    ...files.flatMap(asksToWrite),
    ...writes,
    mark(task, 'x'),
    status(task, 'succeed'),
    status(task, 'running'),
    status(task, 'succeed'),
  ]
}

/** The leaf tasks of the demo plan. */
export const setUp: TaskName = { id: '1.1 Set up the project' }
export const page: TaskName = { id: '1.2 Write the page' }
export const mail: TaskName = { id: '2. Send mail' }
export const properties: TaskName = { id: '3. Write property tests' }

export const pageFile: Step = { write: 'page.js', content: 'export const page = 1\n' }
export const mailFile: Step = { write: 'mail.js', content: 'export const mail = 1\n' }

/** Everything that is required of the demo plan. */
export const doesAll: readonly Step[] = [
  ...does(setUp, app),
  ...does(page, [pageFile]),
  ...does(mail, [mailFile]),
]

export const hello: Step = { await: 'initialize', answer: handshake() }
export const resolved: Step = { await: 'spec/resolveSession', answer: { sessionId: session } }
export const hang: Step = { hang: true }
