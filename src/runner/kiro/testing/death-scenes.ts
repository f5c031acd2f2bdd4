import type { Scene } from './scene.ts'
import {
  app,
  asksToWrite,
  begins,
  does,
  doesAll,
  hang,
  hello,
  info,
  invoked,
} from './scene-parts.ts'
import {
  mail,
  mailFile,
  mark,
  page,
  pageFile,
  resolved,
  setUp,
  text,
  turnEnd,
} from './scene-parts.ts'

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

/** A Kiro that dies, hangs or is cut off. */
export const deathScenes: Readonly<Record<string, Scene>> = {
  'cut-off': cutOff,
  'dies-once': diesOnce,
  'loses-session': losesSession,
  'forgets-session': forgetsSession,
  'dies-always': diesAlways,
  'dies-done': diesDone,
  stalls: [[...begins, invoked(), { leaveChild: '{{value}}' }, mark(setUp, '-'), hang]],
  'leaves-child': [[...begins, invoked(), { leaveChild: '{{value}}' }, ...doesAll, turnEnd()]],
}
