import type { Scene, Step } from './scene.ts'
import { app, asksToWrite, begins, does, doesAll, handshake, info, invoked } from './scene-parts.ts'
import { mail, mailFile, mark, page, pageFile, properties, session, setUp } from './scene-parts.ts'
import { status, text, turnEnd, update } from './scene-parts.ts'
import { promptScenes } from './prompt-scenes.ts'

const hello: Step = { await: 'initialize', answer: handshake() }
const resolved: Step = { await: 'spec/resolveSession', answer: { sessionId: session } }
const hang: Step = { hang: true }

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

/** Is killed, then takes its session up, repeating what it told before, and goes on. */
const diesOnce: Scene = [
  [...begins, invoked(), ...does(setUp, app), { warn: 'out of memory\n' }, { exit: 137 }],
  [
    hello,
    {
      await: 'session/load',
      answer: {},
      before: [text('I begin.'), ...does(setUp, []), info('turn_end', { stopReason: 'cancelled' })],
    },
    invoked('run_2'),
    ...does({ ...page, execution: 'run_2' }, [pageFile]),
    ...does({ ...mail, execution: 'run_2' }, [mailFile]),
    turnEnd(),
  ],
]

/** Is cut off with its runner; the next start finds the session of the spec by itself. */
const cutOff: Scene = [
  [
    ...begins,
    invoked(),
    ...does(setUp, app),
    ...asksToWrite('page.js'),
    { write: 'page.js', content: 'half' },
    { leaveChild: '{{value}}' },
    hang,
  ],
  [
    ...begins,
    invoked('run_2'),
    ...does({ ...page, execution: 'run_2' }, [pageFile]),
    ...does({ ...mail, execution: 'run_2' }, [mailFile]),
    turnEnd(),
  ],
]

/** Ends with 0 when it does not know the session that it is to load, as 2.x does. */
const losesSession: Scene = [
  [...begins, invoked(), ...does(setUp, app), { exit: 1 }],
  [hello, { await: 'session/load', answer: {}, before: [{ exit: 0 }] }],
  [
    hello,
    resolved,
    invoked('run_2'),
    ...does({ ...page, execution: 'run_2' }, [pageFile]),
    ...does({ ...mail, execution: 'run_2' }, [mailFile]),
    turnEnd(),
  ],
]

/** Says that it does not know the session. */
const forgetsSession: Scene = [
  [...begins, invoked(), ...does(setUp, app), { exit: 1 }],
  [
    hello,
    { await: 'session/load', error: { code: -32602, message: 'Unknown session id' } },
    resolved,
    invoked('run_2'),
    ...does({ ...page, execution: 'run_2' }, [pageFile]),
    ...does({ ...mail, execution: 'run_2' }, [mailFile]),
    turnEnd(),
  ],
]

const diesAlways: Scene = [
  [...begins, invoked(), ...does(setUp, app), { exit: 1 }],
  [hello, { await: 'session/load', answer: {} }, invoked('run_2'), { exit: 1 }],
]

/** Dies when everything is ticked, before it says that its turn is over. */
const diesDone: Scene = [[...begins, invoked(), ...doesAll, { exit: 1 }]]

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
  'cut-off': cutOff,
  'dies-once': diesOnce,
  'loses-session': losesSession,
  'forgets-session': forgetsSession,
  'dies-always': diesAlways,
  'dies-done': diesDone,
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
  stalls: [[...begins, invoked(), { leaveChild: '{{value}}' }, mark(setUp, '-'), hang]],
  'leaves-child': [[...begins, invoked(), { leaveChild: '{{value}}' }, ...doesAll, turnEnd()]],
  'asks-for-token': [
    [{ ask: '_kiro/auth/getAccessToken', params: {} }, { warn: 'answered\n' }, hang],
  ],
  'asks-for-token-late': [
    [
      ...begins,
      invoked(),
      ...does(setUp, app),
      ...asksToWrite('page.js'),
      { ask: '_kiro/auth/getAccessToken', params: {} },
      hang,
    ],
  ],
  'prints-login': [
    [{ print: 'Open https://example.com/device and enter the user code ABCD-EFGH\n' }, hang],
  ],
  'ends-without-login': [
    [{ warn: 'You are not logged in, please log in with kiro-cli login\n' }, { exit: 1 }],
  ],
  'wants-login': [
    [
      hello,
      { await: 'spec/resolveSession', error: { code: -32000, message: 'Auth required' } },
      hang,
    ],
  ],
  'login-expires': [
    [
      ...begins,
      invoked(),
      info('display_error', { message: 'Your token is no longer valid.', errorType: 'AuthError' }),
      hang,
    ],
  ],
  'out-of-credits': [
    [
      ...begins,
      invoked(),
      ...does(setUp, app),
      turnEnd(),
      invoked('run_2'),
      info('display_error', { message: 'Monthly limit reached.', errorType: 'usage_limit' }),
      turnEnd(),
    ],
  ],
  refuses: [[...begins, invoked(), turnEnd('refusal')]],
  'reads-no-tasks': [
    [...begins, { await: 'spec/getTaskStatuses', answer: { tasks: [] } }, hang],
    [{ warn: 'bye\n' }, { exit: 1 }],
  ],
  specless: [...specless, ...(promptScenes['prompts'] ?? [])],
  ...promptScenes,
}
