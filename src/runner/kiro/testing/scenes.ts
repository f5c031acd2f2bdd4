import { deathScenes } from './death-scenes.ts'
import { loginScenes } from './login-scenes.ts'
import { promptScenes } from './prompt-scenes.ts'
import type { Scene } from './scene.ts'
import { app, asksToWrite, begins, does, doesAll, handshake, hang, hello } from './scene-parts.ts'
import { info, invoked, mail, mailFile, mark, page, pageFile, properties } from './scene-parts.ts'
import { session, setUp, status, text, turnEnd, update } from './scene-parts.ts'

/** All of it in one turn, with Kiro's usual repeats; credits are told before the end. */
const works: Scene = [
  [
    ...begins,
    invoked(),
    info('turn_start'),
    text('I begin.'),
    ...doesAll,
    info('turn_completion', { promptTurnSummaries: [{ usage: 1.5, unit: 'credit' }] }),
    turnEnd(),
  ],
]

/** Talks of its own namespace, and of the tasks of another spec too. */
const acme = '_acme/kiro/'
const renamed: Scene = [
  [
    { await: 'initialize', answer: handshake(acme) },
    { await: `${acme}spec/resolveSession`, answer: { sessionId: session } },
    { await: `${acme}spec/invoke`, answer: { sessionId: session } },
    {
      tell: `${acme}spec/taskStatusChanged`,
      params: {
        tasksFilePath: '{{cwd}}/.kiro/specs/other/tasks.md',
        changes: [{ taskId: '2. Send mail', executionStatus: 'failed' }],
      },
    },
    ...does({ ...setUp, namespace: acme }, app),
    turnEnd(),
  ],
]

/** Ends its turn after each task; is asked to go on. */
const stopsEarly: Scene = [
  [
    ...begins,
    invoked('run_1'),
    ...does(setUp, app),
    turnEnd(),
    invoked('run_2'),
    ...does({ ...page, execution: 'run_2' }, [pageFile]),
    turnEnd('max_turn_requests'),
    invoked('run_3'),
    ...does({ ...mail, execution: 'run_3' }, [mailFile]),
    turnEnd(),
  ],
]

/** Queues everything and begins one task, which it says has failed though it ticks it. */
const queues: Scene = [
  [
    ...begins,
    invoked('run_1'),
    ...does(setUp, app),
    ...[page, mail].flatMap((task) => [mark(task, '~'), status(task, 'queued')]),
    mark(page, '-'),
    status(page, 'running'),
    ...asksToWrite('page.js'),
    { write: 'page.js', content: 'half' },
    mark(page, 'x'),
    status(page, 'failed'),
    turnEnd(),
    invoked('run_2'),
    turnEnd(),
  ],
]

/** Says that things are done which it has not done, or not ticked. */
const claims: Scene = [
  [
    ...begins,
    invoked(),
    ...does(setUp, app),
    ...does(page, []),
    status(mail, 'running'),
    ...asksToWrite('mail.js'),
    mailFile,
    status(mail, 'succeed'),
    text('All tasks are done and verified!'),
    turnEnd(),
    invoked('run_2'),
    turnEnd(),
  ],
]

/** Whatever a program may print between its messages, and messages that make no sense. */
const nonsense: Scene = [
  [
    { print: '\u001b[32mKiro 3.2.0\u001b[0m\nA new version is available!\n' },
    ...begins,
    { print: '{"jsonrpc":"2.0","id":99,"result":{}}\n[]\nnull\n{"half":\n' },
    invoked(),
    { tell: '_kiro/spec/taskStatusChanged', params: { changes: 'none' } },
    {
      tell: '_kiro/spec/taskStatusChanged',
      params: {
        tasksFilePath: '{{cwd}}/.kiro/specs/demo/tasks.md',
        changes: [
          7,
          { taskId: 'no number', executionStatus: 'succeed' },
          { taskId: '2. Send mail' },
        ],
      },
    },
    update({ sessionUpdate: 'session_info_update', _meta: { kiro: 'turn_end' } }),
    update({ sessionUpdate: 'a_kind_of_its_own', sessionId: 4 }),
    { tell: 'session/update', params: { sessionId: 'another', update: {} } },
    {
      tell: 'session/update',
      params: {
        sessionId: 'another',
        update: {
          sessionUpdate: 'session_info_update',
          _meta: { kiro: { kind: 'turn_end', stopReason: 'refusal' } },
        },
      },
    },
    { ask: '_kiro/terminal/shell_type', params: {} },
    { ask: '_kiro/made/up', params: { a: 1 } },
    ...doesAll,
    turnEnd(),
  ],
]

/** Knows the engine but not the methods for specs, so that it is prompted on the same engine. */
const specless: Scene = [
  [
    hello,
    { await: 'spec/resolveSession', error: { code: -32601, message: 'Method not found' } },
    hang,
  ],
]

const commits: Scene = [
  [
    ...begins,
    invoked(),
    mark(setUp, '-'),
    status(setUp, 'running'),
    ...app,
    { write: '.kiro/specs/demo/design.md', content: 'Another design.\n' },
    mark(setUp, 'x'),
    { commit: 'feat: everything' },
    status(setUp, 'succeed'),
    // The request holds Kiro up until the runner has committed.
    ...asksToWrite('page.js'),
    ...does(page, [pageFile]),
    turnEnd(),
  ],
]

export const scenes: Readonly<Record<string, Scene>> = {
  works,
  renamed,
  'stops-early': stopsEarly,
  queues,
  claims,
  nonsense,
  commits,
  checkpoint: [
    [
      ...begins,
      invoked(),
      ...does({ id: '1. Write it' }, app),
      ...does({ id: '2. Checkpoint - Ensure all tests pass' }, []),
      turnEnd(),
    ],
  ],
  optional: [
    [
      ...begins,
      invoked(),
      ...doesAll,
      turnEnd(),
      invoked('run_2'),
      ...does({ ...properties, execution: 'run_2' }, [
        { write: 'properties.js', content: 'export const properties = 1\n' },
      ]),
      turnEnd(),
    ],
  ],
  refuses: [[...begins, invoked(), turnEnd('refusal')]],
  'reads-no-tasks': [
    [...begins, { await: 'spec/getTaskStatuses', answer: { tasks: [] } }, hang],
    [{ warn: 'bye\n' }, { exit: 1 }],
  ],
  specless: [...specless, ...(promptScenes['prompts'] ?? [])],
  ...deathScenes,
  ...loginScenes,
  ...promptScenes,
}
