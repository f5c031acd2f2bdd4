import type { ExpectedTalk } from '../expected-talk.ts'

/** A talk of two sentences. */
export const doorSign: ExpectedTalk = {
  name: 'door sign',
  kind: 'very short',
  lines: [
    'A: What do you need?',
    'C: A page that shows which meeting room is free. Employees must be able to reserve a free room for one hour.',
  ],
  asked: [
    't2 | The page shows which meeting room is free.',
    't2 | Employees can reserve a free room for one hour.',
  ],
  entities: {},
}
