import type { Scene } from './scene.ts'
import {
  app,
  asksToWrite,
  begins,
  does,
  hang,
  hello,
  info,
  invoked,
  setUp,
  turnEnd,
} from './scene-parts.ts'

/** A Kiro that wants a login, or has no credits left. */
export const loginScenes: Readonly<Record<string, Scene>> = {
  'asks-for-token': [
    [{ ask: '_kiro/auth/getAccessToken', params: {} }, { warn: 'answered\n' }, hang],
  ],
  'asks-for-token-and-refuses': [
    [
      {
        await: 'initialize',
        before: [
          {
            print: '{"jsonrpc":"2.0","id":0,"method":"_kiro/auth/getAccessToken","params":{}}\n',
          },
        ],
        error: { code: -32601, message: 'Method not found: initialize' },
      },
      hang,
    ],
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
}
