import { expect, test } from 'vitest'
import { retryAfterSeconds } from './retry-after.ts'

const now = new Date('2026-03-10T14:00:00Z')

test.each([
  ['17', 17],
  [' 0 ', 0],
  ['999999999', 86_400],
  ['Tue, 10 Mar 2026 14:01:30 GMT', 90],
  ['Tue, 10 Mar 2026 13:00:00 GMT', 0],
  ['Tue, 10 Mar 2099 13:00:00 GMT', 86_400],
])('reads %j as %d seconds', (header, seconds) => {
  expect(retryAfterSeconds(header, now)).toBe(seconds)
})

test.each([null, '', '-1', '1.5', 'soon enough', 'Mon, never', '2026-03-10T14:01:30Z'])(
  'makes nothing of %j',
  (header) => expect(retryAfterSeconds(header, now)).toBeUndefined(),
)
