import type { ExpectedTalk } from '../expected-talk.ts'

/** Decisions that are taken back later, in several ways of saying so. */
export const meetingRooms: ExpectedTalk = {
  name: 'meeting rooms',
  kind: 'superseded decisions',
  lines: [
    'A: What is this about?',
    'C: We have meeting rooms that nobody can find. Employees should be able to book a room for up to 4 hours.',
    'A: How do they know that it worked?',
    'C: The system sends a confirmation by text message.',
    'A: Should there be reports?',
    'C: Yes, the office manager needs a weekly report about the use of the rooms.',
    'A: May guests book too?',
    'C: Guests can book a room as well.',
    'A: What do you keep of a room?',
    'C: The name, the floor, the number of seats and whether it has a screen.',
    'A: Anything about cancelling?',
    'C: A booking must be cancelled automatically if nobody shows up after 10 minutes.',
    'A: Let me sum up: text message, weekly report, cancelled after 10 minutes.',
    'C: Hm, about the report: actually, make it monthly. And the confirmation, let us do that by email instead of text message.',
    'A: Got it. What about the 10 minutes?',
    'C: Better 15 minutes. So a booking is cancelled automatically if nobody shows up after 15 minutes.',
    'A: And guests?',
    'C: I asked my boss. Guests must not book a room after all.',
  ],
  asked: [
    't6,t14 | The office manager needs a monthly report about the use of the rooms.',
    't4,t14 | The system sends a confirmation by email.',
    't16 | If nobody shows up after 15 minutes, the system cancels a booking automatically.',
    't18 | Guests cannot book a room.',
    't2 | Employees can book a room.',
  ],
  welcome: ['t2 | Employees can book a room for up to 4 hours.'],
  limits: ['t2 | The system limits each booking to 4 hours.'],
  ledger: { t4: 'superseded', t8: 'superseded', t12: 'superseded' },
  entities: { Room: 'name:text floor:text seats:number screen:boolean' },
}
